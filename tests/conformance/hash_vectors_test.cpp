// SPDX-License-Identifier: BSD-2-Clause
// Known answers of every function of the hash interface, each by BCryptHash, in pieces, on a
// reusable object and on a duplicate.
#include "support/checks.h"
#include "support/vectors.h"

#include <algorithm>

using namespace capishim_test;

namespace {

const std::string hmac_prefix = "HMAC-";

struct Algorithm {
    explicit Algorithm(const std::string& function)
    {
        const bool hmac = function.rfind(hmac_prefix, 0) == 0;
        const std::string id = hmac ? function.substr(hmac_prefix.size()) : function;
        REQUIRE_STATUS(BCryptOpenAlgorithmProvider(&handle,
                                                   std::wstring(id.begin(), id.end()).c_str(),
                                                   nullptr, hmac ? BCRYPT_ALG_HANDLE_HMAC_FLAG : 0),
                       STATUS_SUCCESS);
    }
    Algorithm(const Algorithm&) = delete;
    ~Algorithm() { BCryptCloseAlgorithmProvider(handle, 0); }

    BCRYPT_ALG_HANDLE handle = nullptr;
};

struct Hash {
    Hash() = default;
    Hash(const Hash&) = delete;
    Hash(Hash&& other) noexcept : handle(other.handle) { other.handle = nullptr; }
    ~Hash()
    {
        if (handle)
            CHECK_STATUS(BCryptDestroyHash(handle), STATUS_SUCCESS);
    }

    void add(const VectorBytes& data, std::size_t from, std::size_t size) const
    {
        REQUIRE_STATUS(BCryptHashData(handle, const_cast<PUCHAR>(data.data() + from),
                                      static_cast<ULONG>(size), 0),
                       STATUS_SUCCESS);
    }
    void add_in_pieces(const VectorBytes& data, std::size_t step) const
    {
        for (std::size_t at = 0; at < data.size(); at += step)
            add(data, at, std::min(step, data.size() - at));
    }
    std::string finish(std::size_t size) const
    {
        VectorBytes value(size);
        REQUIRE_STATUS(BCryptFinishHash(handle, value.data(), static_cast<ULONG>(size), 0),
                       STATUS_SUCCESS);
        return to_hex(value);
    }

    BCRYPT_HASH_HANDLE handle = nullptr;
};

/// One known answer, and the ways to come by it.
class Case {
  public:
    explicit Case(const Vector& vector)
        : function_(vector.text("function")), algorithm_(function_),
          message_(vector.bytes("message")), value_(vector.text("value"))
    {
        if (vector.has("key"))
            key_ = vector.bytes("key");
        if (vector.has("nonce"))
            nonce_ = vector.bytes("nonce");
    }

    void check() const
    {
        at_once();
        in_pieces();
        reused();
        duplicated();
        if (function_.rfind("SHAKE", 0) == 0)
            squeezed();
    }

  private:
    PUCHAR secret() const { return key_.empty() ? nullptr : const_cast<PUCHAR>(key_.data()); }
    ULONG secret_size() const { return static_cast<ULONG>(key_.size()); }
    std::size_t size() const { return value_.size() / 2; }

    void set_nonce(const Hash& hash) const
    {
        if (nonce_.empty())
            return;
        REQUIRE_STATUS(BCryptSetProperty(hash.handle, BCRYPT_INITIALIZATION_VECTOR,
                                         const_cast<PUCHAR>(nonce_.data()),
                                         static_cast<ULONG>(nonce_.size()), 0),
                       STATUS_SUCCESS);
    }

    Hash start(ULONG flags = 0) const
    {
        Hash hash;
        REQUIRE_STATUS(BCryptCreateHash(algorithm_.handle, &hash.handle, nullptr, 0, secret(),
                                        secret_size(), flags),
                       STATUS_SUCCESS);
        set_nonce(hash);
        return hash;
    }

    void at_once() const
    {
        VectorBytes value(size());
        const NTSTATUS status = BCryptHash(
            algorithm_.handle, secret(), secret_size(), const_cast<PUCHAR>(message_.data()),
            static_cast<ULONG>(message_.size()), value.data(), static_cast<ULONG>(value.size()));
        if (!nonce_.empty()) { // there is no way to give it: N-208
            CHECK_STATUS(status, STATUS_INVALID_PARAMETER);
            return;
        }
        CHECK_STATUS(status, STATUS_SUCCESS);
        BOOST_TEST(to_hex(value) == value_);
    }

    void in_pieces() const
    {
        for (const std::size_t step : {1, 7, 16, 64, 150}) {
            const Hash hash = start();
            hash.add_in_pieces(message_, step);
            BOOST_TEST(hash.finish(size()) == value_);
        }
    }

    void reused() const
    {
        const Hash hash = start(BCRYPT_HASH_REUSABLE_FLAG);
        for (int round = 0; round < 2; ++round) {
            if (round > 0)
                set_nonce(hash);
            hash.add(message_, 0, message_.size());
            BOOST_TEST(hash.finish(size()) == value_);
        }
    }

    void duplicated() const
    {
        const std::size_t half = message_.size() / 2;
        const Hash hash = start();
        hash.add(message_, 0, half);
        Hash copy;
        REQUIRE_STATUS(BCryptDuplicateHash(hash.handle, &copy.handle, nullptr, 0, 0),
                       STATUS_SUCCESS);
        for (const Hash* const each : {&hash, static_cast<const Hash*>(&copy)}) {
            each->add(message_, half, message_.size() - half);
            BOOST_TEST(each->finish(size()) == value_);
        }
    }

    void squeezed() const
    {
        const Hash hash = start();
        hash.add(message_, 0, message_.size());
        const std::size_t first = size() / 3;
        VectorBytes piece(first);
        REQUIRE_STATUS(BCryptFinishHash(hash.handle, piece.data(), static_cast<ULONG>(first),
                                        BCRYPT_HASH_DONT_RESET_FLAG),
                       STATUS_SUCCESS);
        BOOST_TEST(to_hex(piece) + hash.finish(size() - first) == value_);
    }

    std::string function_;
    Algorithm algorithm_;
    VectorBytes key_, nonce_, message_;
    std::string value_;
};

std::size_t checked(const std::string& file)
{
    const std::vector<Vector> vectors = read_vectors(file);
    for (const Vector& vector : vectors)
        BOOST_TEST_CONTEXT(vector.where())
    Case(vector).check();
    BOOST_TEST_MESSAGE(file << ": " << vectors.size() << " known answers");
    return vectors.size();
}

} // namespace

BOOST_AUTO_TEST_SUITE(hash_vectors)

BOOST_AUTO_TEST_CASE(digests_are_the_standards)
{
    BOOST_TEST(checked("digests.vec") >= 700u);
}

BOOST_AUTO_TEST_CASE(outputs_of_any_length_are_the_standards)
{
    BOOST_TEST(checked("xofs.vec") >= 200u);
}

BOOST_AUTO_TEST_CASE(authentication_codes_are_the_standards)
{
    BOOST_TEST(checked("macs.vec") >= 100u);
}

BOOST_AUTO_TEST_SUITE_END()
