// SPDX-License-Identifier: BSD-2-Clause
#include "engine/kdf.h"

#include "engine/botan_compat.h"

#include <array>

namespace capishim::engine {
namespace {

using Block = SecureArray<max_hash_size>;

std::array<std::uint8_t, 4> big_endian(std::uint32_t value)
{
    return {static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
            static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}

/// Takes a message in parts into a hash or HMAC, and writes its value.
template <class State>
void finish_over(State& state, std::span<const ByteView> message, std::uint8_t* value)
{
    for (const ByteView part : message)
        if (!part.empty())
            state.update(part);
    state.finish(value);
}

template <class State, std::size_t N>
void finish_over(State& state, const ByteView (&message)[N], std::uint8_t* value)
{
    finish_over(state, std::span<const ByteView>(message), value);
}

/// The first `size` bytes of block 1, block 2, ...; `next` turns a block into the one of the given
/// number.
template <class Next>
SecureBytes chained(std::size_t size, std::size_t block_size, Next next)
{
    SecureBytes out(size);
    Block block;
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < size; at += block_size) {
        next(++number, block);
        std::copy_n(block.begin(), std::min(block_size, size - at),
                    out.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return out;
}

void add_to(MutableBytes sum, ByteView bytes)
{
    for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] = static_cast<std::uint8_t>(sum[i] ^ bytes[i]);
}

/// HMAC that hashes its pads anew each time, for where copies of a state cost more than that.
class PaddingHmac {
  public:
    PaddingHmac(HashId hash, ByteView key)
        : size_(hash_size(hash)), state_(make_hash(hash)), inner_(hash_block_size(hash))
    {
        if (key.size() > inner_.size())
            engine::hash(hash, key, inner_.data());
        else
            std::ranges::copy(key, inner_.begin());
        outer_ = inner_;
        for (std::size_t i = 0; i < inner_.size(); ++i) {
            inner_[i] ^= 0x36; // RFC 2104 section 2
            outer_[i] ^= 0x5C;
        }
    }

    void operator()(std::span<const ByteView> message, std::uint8_t* value)
    {
        Block digest;
        state_->update(inner_);
        finish_over(*state_, message, digest.data());
        finish_over(*state_, {outer_, {digest.data(), size_}}, value);
    }

  private:
    std::size_t size_;
    std::unique_ptr<Hash> state_;
    SecureBytes inner_, outer_;
};

} // namespace

Prf hmac_prf(HashId hash, ByteView key)
{
    if (!compat::hash_copies_are_cheap)
        return [hmac = std::make_shared<PaddingHmac>(hash, key)](auto message, auto* value) {
            (*hmac)(message, value);
        };
    return
        [hmac = Hmac(hash, key)](std::span<const ByteView> message, std::uint8_t* value) mutable {
            finish_over(hmac, message, value);
        };
}

SecureBytes pbkdf2(const Prf& prf, std::size_t prf_size, ByteView salt, std::uint64_t iterations,
                   std::size_t size)
{
    return chained(size, prf_size, [&](std::uint32_t number, Block& sum) {
        const auto counter = big_endian(number);
        const ByteView first[] = {salt, counter};
        prf(first, sum.data());
        Block last = sum;
        const ByteView rest[] = {{last.data(), prf_size}};
        for (std::uint64_t i = 1; i < iterations; ++i) {
            prf(rest, last.data());
            add_to({sum.data(), prf_size}, last);
        }
    });
}

SecureBytes sp800_108_counter(HashId hash, ByteView key, ByteView fixed, std::uint32_t bits,
                              std::size_t size)
{
    Hmac hmac(hash, key);
    const auto length = big_endian(bits);
    return chained(size, hash_size(hash), [&](std::uint32_t number, Block& block) {
        finish_over(hmac, {big_endian(number), fixed, length}, block.data());
    });
}

SecureBytes concat_kdf(HashId hash, ByteView secret, ByteView other_info, std::size_t size)
{
    const auto state = make_hash(hash);
    return chained(size, hash_size(hash), [&](std::uint32_t number, Block& block) {
        finish_over(*state, {big_endian(number), secret, other_info}, block.data());
    });
}

SecureBytes hkdf_extract(HashId hash, ByteView salt, ByteView secret)
{
    SecureBytes prk(hash_size(hash));
    Hmac hmac(hash, salt);
    finish_over(hmac, {secret}, prk.data());
    return prk;
}

SecureBytes hkdf_expand(HashId hash, ByteView prk, ByteView info, std::size_t size)
{
    require(size <= 255 * hash_size(hash), Fault::bad_length);
    Hmac hmac(hash, prk);
    return chained(size, hash_size(hash), [&](std::uint32_t number, Block& block) {
        const ByteView last{block.data(), number == 1 ? 0 : hash_size(hash)};
        const auto counter = static_cast<std::uint8_t>(number);
        finish_over(hmac, {last, info, view(&counter, 1)}, block.data());
    });
}

/// P_hash: HMAC(secret, A(i) || seed), where A(0) = seed and A(i) = HMAC(secret, A(i - 1)).
SecureBytes tls_1_2_prf(HashId hash, ByteView secret, ByteView seed, std::size_t size)
{
    Hmac hmac(hash, secret);
    Block a;
    return chained(size, hash_size(hash), [&](std::uint32_t number, Block& block) {
        const ByteView last{a.data(), hash_size(hash)};
        finish_over(hmac, {number == 1 ? seed : last}, a.data());
        finish_over(hmac, {last, seed}, block.data());
    });
}

SecureBytes tls_1_0_prf(ByteView secret, ByteView seed, std::size_t size)
{
    const std::size_t half = (secret.size() + 1) / 2; // of an odd size both have the middle byte
    SecureBytes out = tls_1_2_prf(HashId::md5, secret.first(half), seed, size);
    add_to(out, tls_1_2_prf(HashId::sha1, secret.last(half), seed, size));
    return out;
}

SecureBytes ssl_3_0_prf(ByteView secret, ByteView seed, std::size_t size)
{
    constexpr std::size_t letters = 26;
    require(size <= letters * hash_size(HashId::md5), Fault::bad_length);
    const auto sha1 = make_hash(HashId::sha1);
    const auto md5 = make_hash(HashId::md5);
    return chained(size, hash_size(HashId::md5), [&](std::uint32_t number, Block& block) {
        const Bytes letter(number, static_cast<std::uint8_t>('A' + number - 1));
        Block inner;
        finish_over(*sha1, {letter, secret, seed}, inner.data());
        const ByteView digest{inner.data(), hash_size(HashId::sha1)};
        finish_over(*md5, {secret, digest}, block.data());
    });
}

} // namespace capishim::engine
