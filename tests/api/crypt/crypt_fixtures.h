// SPDX-License-Identifier: BSD-2-Clause
// What the tests of Crypt* start from: contexts by name, keys with known bytes, parameters, and the
// rules that each function with an output buffer obeys. Keys and hashes that a test does not
// destroy go with their context.
#pragma once

#include "support/fixtures.h"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace capishim_test {

struct ProviderName {
    const char* name;
    DWORD type;
};

constexpr ProviderName base_provider = {MS_DEF_PROV_A, PROV_RSA_FULL};
constexpr ProviderName enhanced_provider = {MS_ENHANCED_PROV_A, PROV_RSA_FULL};
constexpr ProviderName strong_provider = {MS_STRONG_PROV_A, PROV_RSA_FULL};
constexpr ProviderName aes_provider = {MS_ENH_RSA_AES_PROV_A, PROV_RSA_AES};
constexpr ProviderName schannel_provider = {MS_DEF_RSA_SCHANNEL_PROV_A, PROV_RSA_SCHANNEL};
constexpr ProviderName rsa_providers[] = {base_provider, enhanced_provider, strong_provider,
                                          aes_provider};

constexpr ProviderName dss_provider = {MS_DEF_DSS_PROV_A, PROV_DSS};
constexpr ProviderName base_dh_provider = {MS_DEF_DSS_DH_PROV_A, PROV_DSS_DH};
constexpr ProviderName enhanced_dh_provider = {MS_ENH_DSS_DH_PROV_A, PROV_DSS_DH};
constexpr ProviderName dh_schannel_provider = {MS_DEF_DH_SCHANNEL_PROV_A, PROV_DH_SCHANNEL};
constexpr ProviderName dss_providers[] = {dss_provider, base_dh_provider, enhanced_dh_provider,
                                          dh_schannel_provider};
constexpr ProviderName dh_providers[] = {base_dh_provider, enhanced_dh_provider,
                                         dh_schannel_provider};

/// An ephemeral context of one provider.
struct Provider : VerifyContext {
    explicit Provider(const ProviderName& which, DWORD flags = 0) : VerifyContext(which.type)
    {
        release();
        REQUIRE_SUCCEEDS(CryptAcquireContextA(&provider, nullptr, which.name, which.type,
                                              CRYPT_VERIFYCONTEXT | flags));
    }
};

/// A container of its own, made new and deleted with the test.
struct Container : VerifyContext {
    explicit Container(std::string container, const ProviderName& which = strong_provider,
                       DWORD where = 0)
        : VerifyContext(which.type), name(std::move(container)), whose(which), keyset(where)
    {
        release();
        remove();
        REQUIRE_SUCCEEDS(CryptAcquireContextA(&provider, name.c_str(), whose.name, whose.type,
                                              CRYPT_NEWKEYSET | keyset));
    }
    ~Container() { remove(); }

    void remove() const
    {
        HCRYPTPROV none = 0;
        CryptAcquireContextA(&none, name.c_str(), whose.name, whose.type,
                             CRYPT_DELETEKEYSET | keyset);
    }

    std::string name;
    ProviderName whose;
    DWORD keyset; // CRYPT_MACHINE_KEYSET or 0
};

inline DWORD size_of(const ByteVector& bytes)
{
    return static_cast<DWORD>(bytes.size());
}

inline ByteVector concatenated(std::initializer_list<ByteVector> parts)
{
    ByteVector whole;
    for (const ByteVector& part : parts)
        whole.insert(whole.end(), part.begin(), part.end());
    return whole;
}

inline ByteVector little_endian(DWORD value)
{
    return {static_cast<BYTE>(value), static_cast<BYTE>(value >> 8), static_cast<BYTE>(value >> 16),
            static_cast<BYTE>(value >> 24)};
}

inline ByteVector reversed(ByteVector bytes)
{
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

inline ByteVector counting(std::size_t size)
{
    ByteVector bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<BYTE>(i);
    return bytes;
}

inline ByteVector blob_header(BYTE type, ALG_ID algorithm)
{
    return concatenated({{type, CUR_BLOB_VERSION, 0, 0}, little_endian(algorithm)});
}

inline ByteVector plaintext_blob(ALG_ID algorithm, const ByteVector& key)
{
    return concatenated(
        {blob_header(PLAINTEXTKEYBLOB, algorithm), little_endian(size_of(key)), key});
}

inline BOOL import_blob(HCRYPTPROV provider, const ByteVector& blob, HCRYPTKEY* key,
                        HCRYPTKEY under = 0, DWORD flags = 0)
{
    return CryptImportKey(provider, blob.data(), size_of(blob), under, flags, key);
}

inline HCRYPTKEY imported(HCRYPTPROV provider, const ByteVector& blob, HCRYPTKEY under = 0,
                          DWORD flags = CRYPT_EXPORTABLE)
{
    HCRYPTKEY key = 0;
    REQUIRE_SUCCEEDS(import_blob(provider, blob, &key, under, flags));
    return key;
}

/// A session key with these bytes.
inline HCRYPTKEY key_of(HCRYPTPROV provider, ALG_ID algorithm, const ByteVector& bytes,
                        DWORD flags = CRYPT_EXPORTABLE)
{
    return imported(provider, plaintext_blob(algorithm, bytes), 0, flags);
}

/// The bytes of an exportable session key.
inline ByteVector bytes_of_key(HCRYPTKEY key)
{
    const ByteVector blob = exported(key, PLAINTEXTKEYBLOB);
    return {blob.begin() + 12, blob.end()};
}

inline ByteVector key_param(HCRYPTKEY key, DWORD param)
{
    DWORD size = 0;
    REQUIRE_SUCCEEDS(CryptGetKeyParam(key, param, nullptr, &size, 0));
    ByteVector value(size + 1); // a buffer for nothing must not be null
    REQUIRE_SUCCEEDS(CryptGetKeyParam(key, param, value.data(), &size, 0));
    value.resize(size);
    return value;
}

inline DWORD number_in(const ByteVector& bytes)
{
    DWORD value = 0;
    BOOST_REQUIRE_EQUAL(bytes.size(), sizeof value);
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

inline DWORD key_number(HCRYPTKEY key, DWORD param)
{
    return number_in(key_param(key, param));
}

inline BOOL set_key_number(HCRYPTKEY key, DWORD param, DWORD value, DWORD flags = 0)
{
    return CryptSetKeyParam(key, param, reinterpret_cast<const BYTE*>(&value), flags);
}

inline BOOL set_salt_ex(HCRYPTKEY key, ByteVector salt)
{
    CRYPT_DATA_BLOB blob = {size_of(salt), salt.data()};
    return CryptSetKeyParam(key, KP_SALT_EX, reinterpret_cast<const BYTE*>(&blob), 0);
}

/// One call of CryptEncrypt or CryptDecrypt on the data as it is.
inline ByteVector encrypted_part(HCRYPTKEY key, ByteVector data, BOOL last, DWORD flags = 0,
                                 HCRYPTHASH hash = 0)
{
    DWORD size = size_of(data);
    data.resize(data.size() + 4096);
    REQUIRE_SUCCEEDS(CryptEncrypt(key, hash, last, flags, data.data(), &size, size_of(data)));
    data.resize(size);
    return data;
}

inline ByteVector decrypted_part(HCRYPTKEY key, ByteVector data, BOOL last, DWORD flags = 0,
                                 HCRYPTHASH hash = 0)
{
    DWORD size = size_of(data);
    data.resize(data.size() + 1);
    REQUIRE_SUCCEEDS(CryptDecrypt(key, hash, last, flags, data.data(), &size));
    data.resize(size);
    return data;
}

inline ByteVector decrypted(HCRYPTKEY key, const ByteVector& data, DWORD flags = 0)
{
    return decrypted_part(key, data, TRUE, flags);
}

inline void add_data(HCRYPTHASH hash, const ByteVector& data)
{
    REQUIRE_SUCCEEDS(CryptHashData(hash, data.data(), size_of(data), 0));
}

inline HCRYPTHASH hash_with(const VerifyContext& context, ALG_ID algorithm, const std::string& text)
{
    const HCRYPTHASH hash = context.make_hash(algorithm);
    add_data(hash, bytes_of(text));
    return hash;
}

inline HCRYPTHASH keyed_hash(HCRYPTPROV provider, ALG_ID algorithm, HCRYPTKEY key)
{
    HCRYPTHASH hash = 0;
    REQUIRE_SUCCEEDS(CryptCreateHash(provider, algorithm, key, 0, &hash));
    return hash;
}

inline BOOL set_hmac_info(HCRYPTHASH hash, ALG_ID algorithm, ByteVector inner = {},
                          ByteVector outer = {})
{
    HMAC_INFO info = {};
    info.HashAlgid = algorithm;
    info.pbInnerString = inner.empty() ? nullptr : inner.data();
    info.cbInnerString = size_of(inner);
    info.pbOuterString = outer.empty() ? nullptr : outer.data();
    info.cbOuterString = size_of(outer);
    return CryptSetHashParam(hash, HP_HMAC_INFO, reinterpret_cast<const BYTE*>(&info), 0);
}

inline HCRYPTKEY derived(HCRYPTPROV provider, ALG_ID algorithm, HCRYPTHASH hash,
                         DWORD flags = CRYPT_EXPORTABLE)
{
    HCRYPTKEY key = 0;
    REQUIRE_SUCCEEDS(CryptDeriveKey(provider, algorithm, hash, flags, &key));
    return key;
}

inline BOOL derive_key(HCRYPTPROV provider, ALG_ID algorithm, HCRYPTHASH hash, DWORD flags = 0)
{
    HCRYPTKEY key = 0;
    return CryptDeriveKey(provider, algorithm, hash, flags, &key);
}

inline BOOL gen_key(HCRYPTPROV provider, ALG_ID algorithm, DWORD flags = 0)
{
    HCRYPTKEY key = 0;
    return CryptGenKey(provider, algorithm, flags, &key);
}

/// cryptoapi.md 0.3. `call` is asked with (pbData, pdwDataLen); what it gives is returned.
template <class Call>
ByteVector check_buffer_rules(Call call)
{
    DWORD size = 0xCDCDCDCD; // ignored: samples pass it uninitialised
    CHECK_SUCCEEDS(call(nullptr, &size));
    const DWORD needed = size;
    ByteVector buffer(needed + 16, 0xA5);
    const ByteVector before = buffer;
    for (const DWORD room : {DWORD{0}, needed ? needed - 1 : 0}) {
        if (needed == 0)
            break;
        size = room;
        CHECK_FAILS_WITH(call(buffer.data(), &size), ERROR_MORE_DATA);
        BOOST_CHECK_EQUAL(size, needed);
        BOOST_CHECK_MESSAGE(buffer == before, "a short buffer was written to");
    }
    CHECK_FAILS_WITH(call(buffer.data(), nullptr), ERROR_INVALID_PARAMETER);
    for (const DWORD room : {needed + 16, needed}) {
        buffer = before;
        size = room;
        CHECK_SUCCEEDS(call(buffer.data(), &size));
        BOOST_CHECK_LE(size, needed);
        BOOST_CHECK_MESSAGE(std::all_of(buffer.begin() + needed, buffer.end(),
                                        [](BYTE byte) { return byte == 0xA5; }),
                            "bytes behind the output were written to");
    }
    buffer.resize(size);
    return buffer;
}

/// 0.2 rule 5: a failure other than ERROR_MORE_DATA leaves a length of zero.
#define CHECK_FAILS_AND_ZEROES(call_with_size, code)                                               \
    do {                                                                                           \
        DWORD size = 77;                                                                           \
        CHECK_FAILS_WITH(call_with_size, code);                                                    \
        BOOST_CHECK_EQUAL(size, 0u);                                                               \
    } while (false)

} // namespace capishim_test
