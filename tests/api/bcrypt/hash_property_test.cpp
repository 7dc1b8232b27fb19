// SPDX-License-Identifier: BSD-2-Clause
// Every property of hash algorithms and hash objects: cng.md 3.1, 3.2, 7.5.
#include "hash_fixtures.h"

#include <cstring>

using namespace capishim_test;

namespace {

struct FunctionRow {
    LPCWSTR id;
    ULONG flags;
    ULONG digest, block, object, keyed;
    const char* oid; // null: none
};

constexpr ULONG hmac = BCRYPT_ALG_HANDLE_HMAC_FLAG;

const FunctionRow functions[] = {
    {BCRYPT_MD2_ALGORITHM, 0, 16, 16, 288, 0, "06082a864886f70d0202"},
    {BCRYPT_MD4_ALGORITHM, 0, 16, 64, 288, 0, "06082a864886f70d0204"},
    {BCRYPT_MD5_ALGORITHM, 0, 16, 64, 288, 0, "06082a864886f70d0205"},
    {BCRYPT_SHA1_ALGORITHM, 0, 20, 64, 304, 0, "06052b0e03021a"},
    {BCRYPT_SHA256_ALGORITHM, 0, 32, 64, 304, 0, "0609608648016503040201"},
    {BCRYPT_SHA384_ALGORITHM, 0, 48, 128, 496, 0, "0609608648016503040202"},
    {BCRYPT_SHA512_ALGORITHM, 0, 64, 128, 496, 0, "0609608648016503040203"},
    {BCRYPT_SHA3_256_ALGORITHM, 0, 32, 136, 560, 0, "0609608648016503040208"},
    {BCRYPT_SHA3_384_ALGORITHM, 0, 48, 104, 560, 0, "0609608648016503040209"},
    {BCRYPT_SHA3_512_ALGORITHM, 0, 64, 72, 560, 0, "060960864801650304020a"},
    {BCRYPT_SHAKE128_ALGORITHM, 0, 32, 168, 560, 0, "060960864801650304020b"},
    {BCRYPT_SHAKE256_ALGORITHM, 0, 64, 136, 560, 0, "060960864801650304020c"},
    {BCRYPT_CSHAKE128_ALGORITHM, 0, 32, 168, 560, 0, nullptr},
    {BCRYPT_CSHAKE256_ALGORITHM, 0, 64, 136, 560, 0, nullptr},
    {BCRYPT_KMAC128_ALGORITHM, 0, 32, 168, 560, 1, nullptr},
    {BCRYPT_KMAC256_ALGORITHM, 0, 64, 136, 560, 1, nullptr},
    {BCRYPT_AES_CMAC_ALGORITHM, 0, 16, 16, 896, 1, nullptr},
    {BCRYPT_AES_GMAC_ALGORITHM, 0, 16, 16, 896, 1, nullptr},
    {BCRYPT_MD2_ALGORITHM, hmac, 16, 16, 608, 1, "06082a864886f70d0202"},
    {BCRYPT_SHA1_ALGORITHM, hmac, 20, 64, 624, 1, "06052b0e03021a"},
    {BCRYPT_SHA512_ALGORITHM, hmac, 64, 128, 816, 1, "0609608648016503040203"},
    {BCRYPT_SHA3_256_ALGORITHM, hmac, 32, 136, 880, 1, "0609608648016503040208"},
};

std::string name_of(BCRYPT_HANDLE object)
{
    WCHAR text[16] = {};
    ULONG size = 0;
    REQUIRE_STATUS(BCryptGetProperty(object, BCRYPT_ALGORITHM_NAME, reinterpret_cast<PUCHAR>(text),
                                     sizeof text, &size, 0),
                   STATUS_SUCCESS);
    BOOST_TEST(size == (narrow(text).size() + 1) * sizeof(WCHAR));
    return narrow(text);
}

std::string oid_of(BCRYPT_ALG_HANDLE algorithm)
{
    ULONG size = 0;
    REQUIRE_STATUS(BCryptGetProperty(algorithm, BCRYPT_HASH_OID_LIST, nullptr, 0, &size, 0),
                   STATUS_SUCCESS);
    ByteVector buffer(size);
    CHECK_STATUS(
        BCryptGetProperty(algorithm, BCRYPT_HASH_OID_LIST, buffer.data(), size - 1, &size, 0),
        STATUS_BUFFER_TOO_SMALL);
    BOOST_TEST(size == buffer.size());
    REQUIRE_STATUS(
        BCryptGetProperty(algorithm, BCRYPT_HASH_OID_LIST, buffer.data(), size, &size, 0),
        STATUS_SUCCESS);
    BCRYPT_OID_LIST list{};
    std::memcpy(&list, buffer.data(), sizeof list);
    BOOST_REQUIRE(list.dwOIDCount == 1u);
    BCRYPT_OID oid{};
    std::memcpy(&oid, list.pOIDs, sizeof oid);
    BOOST_TEST((oid.pbOID >= buffer.data() && oid.pbOID + oid.cbOID <= buffer.data() + size));
    return to_hex({oid.pbOID, oid.pbOID + oid.cbOID});
}

/// What algorithm and object answer alike.
void check_shared_properties(BCRYPT_HANDLE object, const FunctionRow& row, ULONG reusable)
{
    BOOST_TEST(name_of(object) == narrow(row.id));
    BOOST_TEST(dword_property(object, BCRYPT_HASH_LENGTH) == row.digest);
    BOOST_TEST(dword_property(object, BCRYPT_HASH_BLOCK_LENGTH) == row.block);
    BOOST_TEST(dword_property(object, BCRYPT_OBJECT_LENGTH) == row.object);
    BOOST_TEST(dword_property(object, BCRYPT_IS_KEYED_HASH) == row.keyed);
    BOOST_TEST(dword_property(object, BCRYPT_IS_REUSABLE_HASH) == reusable);
}

void check_unsupported(BCRYPT_HANDLE object, std::initializer_list<LPCWSTR> names)
{
    for (const LPCWSTR name : names) {
        BOOST_TEST_CONTEXT(narrow(name))
        {
            CHECK_STATUS(get_property_status(object, name), STATUS_NOT_SUPPORTED);
            CHECK_STATUS(set_dword(object, name, 16), STATUS_NOT_SUPPORTED);
        }
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(Properties_of_hashes)

BOOST_AUTO_TEST_CASE(of_algorithms)
{
    for (const FunctionRow& row : functions) {
        BOOST_TEST_CONTEXT(narrow(row.id) << " with flags " << row.flags)
        {
            const AlgorithmHandle plain(row.id, row.flags);
            const AlgorithmHandle reusable(row.id, row.flags | BCRYPT_HASH_REUSABLE_FLAG);
            check_shared_properties(plain, row, 0);
            check_shared_properties(reusable, row, 1);
            BOOST_TEST(dword_property(plain, BCRYPT_PRIMITIVE_TYPE) == 2u);
            if (row.oid)
                BOOST_TEST(oid_of(plain) == row.oid);
            else
                CHECK_STATUS(get_property_status(plain, BCRYPT_HASH_OID_LIST),
                             STATUS_NOT_SUPPORTED);
            check_unsupported(plain, {BCRYPT_BLOCK_LENGTH, BCRYPT_BLOCK_SIZE_LIST,
                                      BCRYPT_KEY_LENGTH, BCRYPT_KEY_STRENGTH,
                                      BCRYPT_INITIALIZATION_VECTOR, BCRYPT_PROVIDER_HANDLE,
                                      BCRYPT_PADDING_SCHEMES, BCRYPT_SIGNATURE_LENGTH});
        }
    }
}

BOOST_AUTO_TEST_CASE(of_objects)
{
    for (const FunctionRow& row : functions) {
        BOOST_TEST_CONTEXT(narrow(row.id) << " with flags " << row.flags)
        {
            const AlgorithmHandle algorithm(row.id, row.flags);
            const ByteVector secret(row.keyed ? 16 : 0, 0x11);
            const HashHandle hash(algorithm, 0, secret);
            const HashHandle reusable(algorithm, BCRYPT_HASH_REUSABLE_FLAG, secret);
            check_shared_properties(hash, row, 0);
            check_shared_properties(reusable, row, 1);
            check_unsupported(hash,
                              {BCRYPT_HASH_OID_LIST, BCRYPT_MULTI_OBJECT_LENGTH,
                               BCRYPT_PRIMITIVE_TYPE, BCRYPT_BLOCK_LENGTH, BCRYPT_KEY_LENGTH});
        }
    }
}

BOOST_AUTO_TEST_CASE(a_hash_tells_its_provider_while_that_is_open)
{
    BCRYPT_ALG_HANDLE told = nullptr, opened = nullptr;
    ULONG size = 0;
    const auto ask = [&](BCRYPT_HASH_HANDLE hash) {
        return BCryptGetProperty(hash, BCRYPT_PROVIDER_HANDLE, reinterpret_cast<PUCHAR>(&told),
                                 sizeof told, &size, 0);
    };
    REQUIRE_STATUS(BCryptOpenAlgorithmProvider(&opened, BCRYPT_SHA1_ALGORITHM, nullptr, 0),
                   STATUS_SUCCESS);
    const HashHandle hash(opened), pseudo(BCRYPT_SHA1_ALG_HANDLE);
    CHECK_STATUS(ask(hash), STATUS_SUCCESS);
    BOOST_TEST(told == opened);
    CHECK_STATUS(ask(pseudo), STATUS_SUCCESS);
    BOOST_TEST(told == BCRYPT_SHA1_ALG_HANDLE);
    CHECK_STATUS(BCryptCloseAlgorithmProvider(opened, 0), STATUS_SUCCESS);
    CHECK_STATUS(ask(hash), STATUS_INVALID_HANDLE); // N-18
}

BOOST_AUTO_TEST_CASE(a_finished_hash_still_answers) // N-70
{
    const HashHandle hash(BCRYPT_SHA384_ALG_HANDLE);
    hash.finish(48);
    BOOST_TEST(dword_property(hash, BCRYPT_HASH_LENGTH) == 48u);
    BOOST_TEST(name_of(hash) == "SHA384");
}

BOOST_AUTO_TEST_CASE(pseudo_handles_answer_like_opened_ones)
{
    const struct {
        BCRYPT_ALG_HANDLE handle;
        LPCWSTR id;
        ULONG flags;
    } rows[] = {
        {BCRYPT_MD2_ALG_HANDLE, BCRYPT_MD2_ALGORITHM, 0},
        {BCRYPT_HMAC_MD2_ALG_HANDLE, BCRYPT_MD2_ALGORITHM, hmac},
        {BCRYPT_HMAC_SHA1_ALG_HANDLE, BCRYPT_SHA1_ALGORITHM, hmac},
        {BCRYPT_AES_CMAC_ALG_HANDLE, BCRYPT_AES_CMAC_ALGORITHM, 0},
        {BCRYPT_AES_GMAC_ALG_HANDLE, BCRYPT_AES_GMAC_ALGORITHM, 0},
        {BCRYPT_SHA3_256_ALG_HANDLE, BCRYPT_SHA3_256_ALGORITHM, 0},
        {BCRYPT_HMAC_SHA3_256_ALG_HANDLE, BCRYPT_SHA3_256_ALGORITHM, hmac},
        {BCRYPT_CSHAKE128_ALG_HANDLE, BCRYPT_CSHAKE128_ALGORITHM, 0},
        {BCRYPT_CSHAKE256_ALG_HANDLE, BCRYPT_CSHAKE256_ALGORITHM, 0},
        {BCRYPT_KMAC128_ALG_HANDLE, BCRYPT_KMAC128_ALGORITHM, 0},
        {BCRYPT_KMAC256_ALG_HANDLE, BCRYPT_KMAC256_ALGORITHM, 0},
    };
    for (const auto& row : rows)
        for (const FunctionRow& function : functions)
            if (narrow(function.id) == narrow(row.id) && function.flags == row.flags)
                check_shared_properties(row.handle, function, 0);
}

BOOST_AUTO_TEST_SUITE_END()
