// SPDX-License-Identifier: BSD-2-Clause
// Each error code that cryptoapi.md section 1 documents for each function: a call that gets it, the
// test elsewhere that has it, or the rule by which these providers never give it.
#include "finite_field_fixtures.h"
#include "schannel_fixtures.h"
#include "support/interop_keys.h"

#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>

using namespace capishim_test;

namespace {

/// What the calls work on.
struct World {
    World()
    {
        REQUIRE_SUCCEEDS(CryptSetHashParam(finished, HP_HASHVAL, counting(20).data(), 0));
        Provider gone(strong_provider);
        orphan_key = gone.make_key(CALG_RC4);
        released = gone.provider;
        gone.release();
        kept.make_key(AT_KEYEXCHANGE, key_bits(512) | CRYPT_USER_PROTECTED);
        kept.make_key(AT_SIGNATURE, key_bits(512) | CRYPT_USER_PROTECTED);
        REQUIRE_SUCCEEDS(CryptAcquireContextA(&silent, kept.name.c_str(), strong_provider.name,
                                              PROV_RSA_FULL, CRYPT_SILENT));
        REQUIRE_SUCCEEDS(CryptGetUserKey(silent, AT_KEYEXCHANGE, &protected_pair));
        REQUIRE_SUCCEEDS(CryptCreateHash(silent, CALG_SHA1, 0, 0, &silent_hash));
        REQUIRE_SUCCEEDS(CryptDestroyKey(dead_key));
    }
    ~World() { CryptReleaseContext(silent, 0); }

    Provider context{strong_provider}, aes{aes_provider}, dss{dss_provider}, other{strong_provider};
    Side schannel;
    HCRYPTKEY rc4 = context.make_key(CALG_RC4), block = context.make_key(CALG_3DES);
    HCRYPTKEY secret = context.make_key(CALG_RC4, 0);
    HCRYPTKEY pair = imported(context.provider, from_hex(interop_private_blob));
    HCRYPTKEY signing = context.make_key(AT_SIGNATURE, key_bits(384));
    HCRYPTKEY public_key = imported(context.provider, from_hex(other_public_blob));
    HCRYPTKEY foreign_key = aes.make_key(CALG_RC4);
    HCRYPTKEY master = schannel.make_key(CALG_TLS1_MASTER);
    HCRYPTHASH hash = context.make_hash(), finished = context.make_hash();
    HCRYPTHASH other_hash = other.make_hash(), foreign_hash = aes.make_hash();
    HCRYPTHASH sha512 = aes.make_hash(CALG_SHA_512);
    HCRYPTHASH pairs_of_hashes = context.make_hash(CALG_SSL3_SHAMD5);
    HCRYPTHASH bare_hmac = keyed_hash(context.provider, CALG_HMAC, rc4);
    HCRYPTHASH mac = keyed_hash(context.provider, CALG_MAC, block);
    HCRYPTKEY dead_key = context.make_key(CALG_DES);
    HCRYPTHASH keyless_mac = keyed_hash(context.provider, CALG_MAC, dead_key);
    HCRYPTKEY orphan_key = 0, protected_pair = 0;
    HCRYPTPROV released = 0, silent = 0;
    HCRYPTHASH silent_hash = 0;
    Container kept{"capishim error codes"};
};

BYTE data[1024];
DWORD size = 0; // set anew before each call
ULONG_PTR made = 0;

BOOL acquire(const char* container, const char* name, DWORD type, DWORD flags)
{
    return CryptAcquireContextA(&made, container, name, type, flags);
}

BOOL import(HCRYPTPROV provider, ByteVector blob, HCRYPTKEY under = 0, DWORD flags = 0)
{
    return import_blob(provider, blob, &made, under, flags);
}

BOOL export_key(HCRYPTKEY key, HCRYPTKEY under, DWORD type, DWORD flags = 0)
{
    return CryptExportKey(key, under, type, flags, data, &size);
}

BOOL encrypt(HCRYPTKEY key, DWORD length, HCRYPTHASH hash = 0, DWORD flags = 0, BOOL last = TRUE,
             DWORD room = sizeof data)
{
    size = length;
    return CryptEncrypt(key, hash, last, flags, data, &size, room);
}

BOOL decrypt(HCRYPTKEY key, DWORD length, HCRYPTHASH hash = 0, DWORD flags = 0, BOOL last = TRUE)
{
    size = length;
    return CryptDecrypt(key, hash, last, flags, data, &size);
}

HCRYPTKEY without(HCRYPTKEY key, DWORD permission)
{
    HCRYPTKEY copy = 0;
    REQUIRE_SUCCEEDS(CryptDuplicateKey(key, nullptr, 0, &copy));
    REQUIRE_SUCCEEDS(set_key_number(copy, KP_PERMISSIONS, 0x3F & ~permission));
    return copy;
}

ByteVector changed(ByteVector blob, std::size_t at, BYTE value)
{
    blob[at] = value;
    return blob;
}

struct Case {
    const char* function;
    DWORD code;
    std::function<BOOL(const World&)> call;
};

/// The three codes that a wrong handle has (0.5; lifetime.md 1).
template <class Call>
void add_handle_cases(std::vector<Case>& cases, const char* function, Call call, bool of_key)
{
    cases.push_back({function, ERROR_INVALID_PARAMETER, [=](const World&) { return call(0); }});
    cases.push_back({function, ERROR_INVALID_HANDLE,
                     [=](const World& world) { return call(of_key ? world.hash : world.rc4); }});
    if (of_key)
        cases.push_back(
            {function, NTE_BAD_UID, [=](const World& world) { return call(world.orphan_key); }});
}

using W = const World&;

void add_context_cases(std::vector<Case>& cases)
{
    const char* f = "CryptAcquireContext";
    cases.insert(
        cases.end(),
        {{f, ERROR_INVALID_PARAMETER,
          [](W) {
              return CryptAcquireContextA(nullptr, nullptr, nullptr, 1, CRYPT_VERIFYCONTEXT);
          }},
         {f, NTE_BAD_PROV_TYPE, [](W) { return acquire(nullptr, nullptr, 1000, 0); }},
         {f, NTE_PROV_TYPE_NOT_DEF, [](W) { return acquire(nullptr, nullptr, PROV_FORTEZZA, 0); }},
         {f, NTE_KEYSET_NOT_DEF, [](W) { return acquire(nullptr, "nobody's", PROV_RSA_FULL, 0); }},
         {f, NTE_PROV_TYPE_NO_MATCH,
          [](W) { return acquire(nullptr, MS_STRONG_PROV_A, PROV_DSS, 0); }},
         {f, NTE_BAD_FLAGS,
          [](W) { return acquire(nullptr, nullptr, 1, CRYPT_NEWKEYSET | CRYPT_DELETEKEYSET); }},
         {f, NTE_BAD_KEYSET_PARAM,
          [](W) { return acquire(std::string(300, 'x').c_str(), nullptr, 1, 0); }},
         {f, NTE_BAD_KEYSET, [](W) { return acquire("capishim nowhere", nullptr, 1, 0); }},
         {f, NTE_EXISTS, [](W) {
              const Container container("capishim exists");
              return acquire("capishim exists", nullptr, 1, CRYPT_NEWKEYSET);
          }}});

    f = "CryptContextAddRef";
    cases.push_back(
        {f, ERROR_INVALID_PARAMETER, [](W) { return CryptContextAddRef(0, nullptr, 0); }});

    f = "CryptReleaseContext";
    add_handle_cases(
        cases, f, [](HCRYPTPROV of) { return CryptReleaseContext(of, 0); }, false);
    cases.push_back({f, NTE_BAD_FLAGS, [](W world) {
                         REQUIRE_SUCCEEDS(CryptContextAddRef(world.other.provider, nullptr, 0));
                         return CryptReleaseContext(world.other.provider, 1);
                     }});

    f = "CryptGetProvParam";
    const auto get = [](HCRYPTPROV of, DWORD param, DWORD room, DWORD flags) {
        size = room;
        return CryptGetProvParam(of, param, data, &size, flags);
    };
    add_handle_cases(
        cases, f, [=](HCRYPTPROV of) { return get(of, PP_NAME, 1024, 0); }, false);
    cases.insert(cases.end(),
                 {{f, ERROR_MORE_DATA, [=](W w) { return get(w.context.provider, PP_NAME, 3, 0); }},
                  {f, ERROR_NO_MORE_ITEMS,
                   [=](W w) {
                       while (get(w.context.provider, PP_ENUMALGS, 1024, CRYPT_NEXT))
                           continue;
                       return get(w.context.provider, PP_ENUMALGS, 1024, CRYPT_NEXT);
                   }},
                  {f, NTE_BAD_FLAGS,
                   [=](W w) { return get(w.context.provider, PP_NAME, 1024, CRYPT_FIRST); }},
                  {f, NTE_BAD_TYPE, [=](W w) { return get(w.context.provider, 99, 1024, 0); }}});

    f = "CryptSetProvParam";
    const auto set = [](HCRYPTPROV of, DWORD param, DWORD flags) {
        return CryptSetProvParam(of, param, data, flags);
    };
    add_handle_cases(
        cases, f, [=](HCRYPTPROV of) { return set(of, PP_UI_PROMPT, 0); }, false);
    cases.insert(cases.end(),
                 {{f, NTE_BAD_FLAGS, [=](W w) { return set(w.context.provider, PP_UI_PROMPT, 1); }},
                  {f, NTE_BAD_TYPE, [=](W w) { return set(w.context.provider, 99, 0); }}});

    f = "CryptGenRandom";
    add_handle_cases(
        cases, f, [](HCRYPTPROV of) { return CryptGenRandom(of, 8, data); }, false);
}

void add_provider_cases(std::vector<Case>& cases)
{
    static DWORD reserved = 0, type = 0;
    const auto enumerate = [&](const char* f, auto list) {
        const auto call = [=](DWORD index, DWORD* of, DWORD flags, DWORD room) {
            size = room;
            return list(index, of, flags, &type, reinterpret_cast<char*>(data), &size);
        };
        cases.insert(cases.end(),
                     {{f, ERROR_INVALID_PARAMETER, [=](W) { return call(0, &reserved, 0, 1024); }},
                      {f, NTE_BAD_FLAGS, [=](W) { return call(0, nullptr, 1, 1024); }},
                      {f, ERROR_MORE_DATA, [=](W) { return call(0, nullptr, 0, 2); }},
                      {f, ERROR_NO_MORE_ITEMS, [=](W) { return call(1000, nullptr, 0, 1024); }}});
    };
    enumerate("CryptEnumProviders", CryptEnumProvidersA);
    enumerate("CryptEnumProviderTypes", CryptEnumProviderTypesA);

    const char* f = "CryptGetDefaultProvider";
    const auto get = [](DWORD of, DWORD* null, DWORD flags, DWORD room) {
        size = room;
        return CryptGetDefaultProviderA(of, null, flags, reinterpret_cast<char*>(data), &size);
    };
    cases.insert(
        cases.end(),
        {{f, ERROR_INVALID_PARAMETER, [=](W) { return get(1, &reserved, 1, 1024); }},
         {f, ERROR_MORE_DATA, [=](W) { return get(1, nullptr, CRYPT_MACHINE_DEFAULT, 2); }},
         {f, NTE_BAD_FLAGS, [=](W) { return get(1, nullptr, 0, 1024); }},
         {f, NTE_BAD_PROV_TYPE, [=](W) { return get(0, nullptr, 1, 1024); }},
         {f, NTE_PROV_TYPE_NOT_DEF, [=](W) { return get(500, nullptr, 1, 1024); }}});

    const auto set = [&](const char* function, auto call) {
        cases.insert(cases.end(),
                     {{function, ERROR_INVALID_PARAMETER, [=](W) { return call(nullptr, 1); }},
                      {function, NTE_BAD_PROVIDER, [=](W) { return call("nobody's", 1); }},
                      {function, NTE_PROV_TYPE_NO_MATCH,
                       [=](W) { return call(MS_STRONG_PROV_A, PROV_DSS); }},
                      {function, NTE_BAD_PROV_TYPE, [=](W) { return call(MS_STRONG_PROV_A, 0); }}});
    };
    set("CryptSetProvider", [](const char* name, DWORD of) { return CryptSetProviderA(name, of); });
    set("CryptSetProviderEx", [](const char* name, DWORD of) {
        return CryptSetProviderExA(name, of, nullptr, CRYPT_USER_DEFAULT);
    });
    cases.push_back({"CryptSetProviderEx", NTE_BAD_FLAGS,
                     [](W) { return CryptSetProviderExA(MS_STRONG_PROV_A, 1, nullptr, 0); }});
}

void add_making_cases(std::vector<Case>& cases)
{
    const char* f = "CryptGenKey";
    add_handle_cases(
        cases, f, [](HCRYPTPROV of) { return gen_key(of, CALG_RC4); }, false);
    cases.insert(cases.end(),
                 {{f, NTE_BAD_ALGID, [](W w) { return gen_key(w.context.provider, CALG_MD5); }},
                  {f, NTE_BAD_FLAGS, [](W w) { return gen_key(w.context.provider, CALG_RC4, 8); }},
                  {f, ERROR_INVALID_PARAMETER,
                   [](W w) { return gen_key(w.context.provider, CALG_RC4, key_bits(136)); }},
                  {f, NTE_SILENT_CONTEXT,
                   [](W w) { return gen_key(w.silent, AT_SIGNATURE, CRYPT_USER_PROTECTED); }}});

    f = "CryptDeriveKey";
    cases.insert(
        cases.end(),
        {{f, ERROR_INVALID_PARAMETER,
          [](W w) { return derive_key(w.context.provider, CALG_RC4, 0); }},
         {f, ERROR_INVALID_HANDLE,
          [](W w) { return derive_key(w.context.provider, CALG_RC4, w.rc4); }},
         {f, NTE_BAD_ALGID,
          [](W w) { return derive_key(w.context.provider, CALG_RSA_KEYX, w.hash); }},
         {f, NTE_BAD_FLAGS,
          [](W w) { return derive_key(w.context.provider, CALG_RC4, w.hash, 0x20); }},
         {f, NTE_BAD_HASH, // U-07
          [](W w) { return derive_key(w.context.provider, CALG_RC4, w.foreign_hash); }},
         {f, NTE_BAD_HASH_STATE, // U-144
          [](W w) { return derive_key(w.context.provider, CALG_RC4, w.bare_hmac); }},
         {f, NTE_BAD_LEN, // U-114: a MAC of 8 bytes
          [](W w) { return derive_key(w.context.provider, CALG_RC4, w.mac, key_bits(128)); }}});

    f = "CryptGetUserKey";
    const auto get = [](HCRYPTPROV of, DWORD spec) { return CryptGetUserKey(of, spec, &made); };
    add_handle_cases(
        cases, f, [=](HCRYPTPROV of) { return get(of, AT_SIGNATURE); }, false);
    cases.insert(cases.end(),
                 {{f, NTE_BAD_KEY, [=](W w) { return get(w.context.provider, 3); }},
                  {f, NTE_NO_KEY, [=](W w) { return get(w.other.provider, AT_SIGNATURE); }}});

    f = "CryptDuplicateKey";
    add_handle_cases(
        cases, f, [](HCRYPTKEY of) { return CryptDuplicateKey(of, nullptr, 0, &made); }, true);
}

void add_blob_cases(std::vector<Case>& cases)
{
    const char* f = "CryptExportKey";
    add_handle_cases(
        cases, f, [](HCRYPTKEY of) { return export_key(of, 0, PLAINTEXTKEYBLOB); }, true);
    cases.insert(
        cases.end(),
        {{f, NTE_BAD_TYPE, [](W w) { return export_key(w.rc4, 0, PUBLICKEYBLOB); }},
         {f, NTE_BAD_FLAGS, [](W w) { return export_key(w.rc4, 0, PLAINTEXTKEYBLOB, 0x800); }},
         {f, NTE_BAD_KEY_STATE, [](W w) { return export_key(w.secret, 0, PLAINTEXTKEYBLOB); }},
         {f, NTE_NO_KEY, [](W w) { return export_key(w.rc4, 0, SIMPLEBLOB); }},
         {f, NTE_BAD_PUBLIC_KEY, [](W w) { return export_key(w.pair, w.rc4, PUBLICKEYBLOB); }},
         {f, NTE_BAD_KEY, [](W w) { return export_key(w.rc4, w.signing, SIMPLEBLOB); }},
         {f, NTE_BAD_DATA, // longer than the wrapping's length byte tells
          [](W w) {
              const HCRYPTKEY huge = key_of(w.context.provider, CALG_RC2, counting(300),
                                            CRYPT_EXPORTABLE | CRYPT_IPSEC_HMAC_KEY);
              return export_key(huge, w.block, SYMMETRICWRAPKEYBLOB);
          }},
         {f, ERROR_MORE_DATA, [](W w) {
              size = 3;
              return export_key(w.rc4, 0, PLAINTEXTKEYBLOB);
          }}});

    f = "CryptImportKey";
    const ByteVector plain = plaintext_blob(CALG_RC4, counting(16));
    add_handle_cases(
        cases, f, [=](HCRYPTPROV of) { return import(of, plain); }, false);
    cases.insert(
        cases.end(),
        {{f, NTE_BAD_ALGID,
          [](W w) { return import(w.context.provider, plaintext_blob(CALG_MD5, counting(16))); }},
         {f, NTE_BAD_DATA,
          [=](W w) {
              return import(w.context.provider, ByteVector(plain.begin(), plain.end() - 1));
          }},
         {f, NTE_BAD_FLAGS, [=](W w) { return import(w.context.provider, plain, 0, 0x8000); }},
         {f, NTE_BAD_TYPE,
          [=](W w) { return import(w.context.provider, changed(plain, 0, 0x55)); }},
         {f, NTE_BAD_VER, [=](W w) { return import(w.context.provider, changed(plain, 1, 1)); }},
         {f, NTE_BAD_KEY, [=](W w) { return import(w.context.provider, plain, w.block); }},
         {f, NTE_NO_KEY,
          [](W w) { return import(w.other.provider, exported(w.rc4, SIMPLEBLOB, w.pair)); }},
         {f, NTE_SILENT_CONTEXT,
          [=](W w) { return import(w.silent, plain, 0, CRYPT_USER_PROTECTED); }}});
}

void add_param_cases(std::vector<Case>& cases)
{
    const char* f = "CryptGetKeyParam";
    const auto get_key = [](HCRYPTKEY of, DWORD param, DWORD flags) {
        return CryptGetKeyParam(of, param, data, &size, flags);
    };
    add_handle_cases(
        cases, f, [=](HCRYPTKEY of) { return get_key(of, KP_ALGID, 0); }, true);
    cases.insert(cases.end(), {{f, NTE_BAD_FLAGS, [=](W w) { return get_key(w.rc4, KP_ALGID, 1); }},
                               {f, NTE_BAD_TYPE, [=](W w) { return get_key(w.rc4, KP_P, 0); }},
                               {f, ERROR_MORE_DATA, [=](W w) {
                                    size = 3;
                                    return get_key(w.rc4, KP_ALGID, 0);
                                }}});

    f = "CryptSetKeyParam";
    const auto set_key = [](HCRYPTKEY of, DWORD param, DWORD flags) {
        return CryptSetKeyParam(of, param, data, flags);
    };
    add_handle_cases(
        cases, f, [=](HCRYPTKEY of) { return set_key(of, KP_IV, 0); }, true);
    cases.insert(cases.end(),
                 {{f, NTE_BAD_FLAGS, [](W w) { return set_key_number(w.block, KP_PADDING, 9); }},
                  {f, NTE_BAD_TYPE, [=](W w) { return set_key(w.rc4, KP_P, 0); }}});

    f = "CryptGetHashParam";
    const auto get_hash = [](HCRYPTHASH of, DWORD param, DWORD flags) {
        return CryptGetHashParam(of, param, data, &size, flags);
    };
    add_handle_cases(
        cases, f, [=](HCRYPTHASH of) { return get_hash(of, HP_ALGID, 0); }, false);
    cases.insert(
        cases.end(),
        {{f, NTE_BAD_FLAGS, [=](W w) { return get_hash(w.hash, HP_ALGID, 1); }},
         {f, NTE_BAD_TYPE, [=](W w) { return get_hash(w.hash, HP_HMAC_INFO, 0); }},
         {f, NTE_BAD_HASH_STATE, [=](W w) { return get_hash(w.pairs_of_hashes, HP_HASHVAL, 0); }},
         {f, ERROR_MORE_DATA, [=](W w) {
              size = 3;
              return get_hash(w.hash, HP_ALGID, 0);
          }}});

    f = "CryptSetHashParam";
    const auto set_hash = [](HCRYPTHASH of, DWORD param, DWORD flags) {
        return CryptSetHashParam(of, param, data, flags);
    };
    add_handle_cases(
        cases, f, [=](HCRYPTHASH of) { return set_hash(of, HP_HASHVAL, 0); }, false);
    cases.insert(cases.end(),
                 {{f, NTE_BAD_FLAGS, [=](W w) { return set_hash(w.hash, HP_HASHVAL, 1); }},
                  {f, NTE_BAD_TYPE, [=](W w) { return set_hash(w.hash, HP_ALGID, 0); }},
                  {f, NTE_BAD_HASH_STATE, [=](W w) { return set_hash(w.finished, HP_HASHVAL, 0); }},
                  {f, NTE_BAD_ALGID, [](W w) { return set_hmac_info(w.bare_hmac, CALG_RC4); }}});
}

void add_cipher_cases(std::vector<Case>& cases)
{
    const auto both = [&](const char* f, auto call, DWORD permission) {
        add_handle_cases(
            cases, f, [=](HCRYPTKEY of) { return call(of, 8, 0, 0, TRUE); }, true);
        cases.insert(
            cases.end(),
            {{f, NTE_BAD_ALGID, [=](W w) { return call(w.master, 8, 0, 0, TRUE); }}, // U-136
             {f, NTE_BAD_DATA, [=](W w) { return call(w.block, 7, 0, 0, FALSE); }},
             {f, NTE_BAD_FLAGS, [=](W w) { return call(w.block, 8, 0, CRYPT_OAEP, TRUE); }},
             {f, NTE_BAD_HASH, [=](W w) { return call(w.rc4, 8, w.other_hash, 0, TRUE); }},
             {f, NTE_BAD_HASH_STATE, [=](W w) { return call(w.rc4, 8, w.finished, 0, TRUE); }},
             {f, NTE_BAD_KEY, [=](W w) { return call(w.signing, 8, 0, 0, TRUE); }}, // U-132
             {f, NTE_BAD_LEN, [=](W w) { return call(w.pair, 60, 0, 0, TRUE); }},
             {f, NTE_PERM, // U-119
              [=](W w) { return call(without(w.rc4, permission), 8, 0, 0, TRUE); }}});
    };
    const auto encrypt_all = [](HCRYPTKEY key, DWORD length, HCRYPTHASH hash, DWORD flags,
                                BOOL last) { return encrypt(key, length, hash, flags, last); };
    both("CryptEncrypt", encrypt_all, CRYPT_ENCRYPT);
    both("CryptDecrypt", decrypt, CRYPT_DECRYPT);
    cases.push_back(
        {"CryptEncrypt", ERROR_MORE_DATA, [](W w) { return encrypt(w.block, 8, 0, 0, TRUE, 8); }});
    cases.push_back(
        {"CryptDecrypt", NTE_SILENT_CONTEXT, [](W w) { return decrypt(w.protected_pair, 64); }});
}

void add_hash_cases(std::vector<Case>& cases)
{
    const char* f = "CryptCreateHash";
    const auto create = [](HCRYPTPROV of, ALG_ID algorithm, HCRYPTKEY key, DWORD flags) {
        return CryptCreateHash(of, algorithm, key, flags, &made);
    };
    add_handle_cases(
        cases, f, [=](HCRYPTPROV of) { return create(of, CALG_MD5, 0, 0); }, false);
    cases.insert(
        cases.end(),
        {{f, NTE_BAD_ALGID, [=](W w) { return create(w.context.provider, CALG_RC4, 0, 0); }},
         {f, NTE_BAD_FLAGS, [=](W w) { return create(w.context.provider, CALG_MD5, 0, 2); }},
         {f, NTE_BAD_KEY, [=](W w) { return create(w.context.provider, CALG_MAC, w.rc4, 0); }}});

    const auto add = [&](const char* function, auto call) {
        add_handle_cases(
            cases, function, [=](HCRYPTHASH of) { return call(of, 0, false); }, false);
        cases.insert(
            cases.end(),
            {{function, NTE_BAD_FLAGS, [=](W w) { return call(w.hash, w.rc4, true); }},
             {function, NTE_BAD_HASH_STATE, [=](W w) { return call(w.finished, w.rc4, false); }},
             {function, NTE_BAD_KEY, [=](W w) { return call(w.keyless_mac, w.rc4, false); }},
             {function, NTE_BAD_ALGID,
              [=](W w) { return call(w.pairs_of_hashes, w.rc4, false); }}});
    };
    add("CryptHashData", [](HCRYPTHASH of, HCRYPTKEY, bool bad_flags) {
        return CryptHashData(of, data, 8, bad_flags ? 2 : 0);
    });
    add("CryptHashSessionKey", [](HCRYPTHASH of, HCRYPTKEY key, bool bad_flags) {
        return CryptHashSessionKey(of, key, bad_flags ? 2 : 0);
    });
    cases.push_back({"CryptHashSessionKey", NTE_BAD_KEY, // U-57
                     [](W w) { return CryptHashSessionKey(w.hash, w.pair, 0); }});

    f = "CryptDuplicateHash";
    add_handle_cases(
        cases, f, [](HCRYPTHASH of) { return CryptDuplicateHash(of, nullptr, 0, &made); }, false);
}

void add_signature_cases(std::vector<Case>& cases)
{
    const char* f = "CryptSignHash";
    const auto sign = [](HCRYPTHASH of, DWORD spec, DWORD flags = 0, DWORD room = 1024) {
        size = room;
        return CryptSignHashA(of, spec, nullptr, flags, data, &size);
    };
    add_handle_cases(
        cases, f, [=](HCRYPTHASH of) { return sign(of, AT_SIGNATURE); }, false);
    cases.insert(cases.end(),
                 {{f, ERROR_MORE_DATA, [=](W w) { return sign(w.finished, AT_KEYEXCHANGE, 0, 3); }},
                  {f, NTE_BAD_ALGID, [=](W w) { return sign(w.mac, AT_KEYEXCHANGE); }}, // U-58
                  {f, NTE_BAD_FLAGS, [=](W w) { return sign(w.hash, AT_KEYEXCHANGE, 8); }},
                  {f, NTE_NO_KEY, [=](W w) { return sign(w.other_hash, AT_SIGNATURE); }},
                  {f, NTE_BAD_LEN, // U-59
                   [=](W w) {
                       REQUIRE_SUCCEEDS(gen_key(w.aes.provider, AT_SIGNATURE, key_bits(384)));
                       return sign(w.sha512, AT_SIGNATURE);
                   }},
                  {f, NTE_SILENT_CONTEXT, [=](W w) { return sign(w.silent_hash, AT_SIGNATURE); }}});

    f = "CryptVerifySignature";
    const auto check = [](HCRYPTHASH hash, HCRYPTKEY key, DWORD flags = 0) {
        return CryptVerifySignatureA(hash, data, 64, key, nullptr, flags);
    };
    add_handle_cases(
        cases, f, [=](HCRYPTHASH of) { return check(of, 0); }, false);
    cases.insert(cases.end(),
                 {{f, NTE_BAD_SIGNATURE, [=](W w) { return check(w.finished, w.public_key); }},
                  {f, NTE_BAD_KEY, [=](W w) { return check(w.finished, w.rc4); }},
                  {f, NTE_BAD_FLAGS, [=](W w) { return check(w.finished, w.public_key, 8); }},
                  {f, NTE_BAD_UID, [=](W w) { return check(w.finished, w.orphan_key); }}});
}

std::vector<Case> all_cases()
{
    std::vector<Case> cases;
    for (const auto add : {add_context_cases, add_provider_cases, add_making_cases, add_blob_cases,
                           add_param_cases, add_cipher_cases, add_hash_cases, add_signature_cases})
        add(cases);
    return cases;
}

/// What section 1 documents for the function.
struct Documented {
    const char* function;
    std::vector<DWORD> codes;
};
const Documented documented[] = {
    {"CryptAcquireContext",
     {ERROR_INVALID_PARAMETER,
      NTE_BAD_PROV_TYPE,
      NTE_PROV_TYPE_NOT_DEF,
      NTE_PROV_TYPE_ENTRY_BAD,
      NTE_KEYSET_NOT_DEF,
      NTE_PROV_TYPE_NO_MATCH,
      NTE_PROV_DLL_NOT_FOUND,
      NTE_PROVIDER_DLL_FAIL,
      NTE_SIGNATURE_FILE_BAD,
      NTE_BAD_SIGNATURE,
      NTE_BAD_FLAGS,
      NTE_BAD_KEYSET_PARAM,
      NTE_BAD_KEYSET,
      NTE_EXISTS,
      NTE_KEYSET_ENTRY_BAD,
      NTE_BAD_KEY_STATE,
      ERROR_BUSY,
      ERROR_FILE_NOT_FOUND,
      ERROR_NOT_ENOUGH_MEMORY,
      NTE_NO_MEMORY}},
    {"CryptContextAddRef", {ERROR_INVALID_PARAMETER}},
    {"CryptReleaseContext",
     {NTE_BAD_FLAGS, NTE_BAD_UID, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_BUSY}},
    {"CryptGetProvParam",
     {ERROR_MORE_DATA, ERROR_NO_MORE_ITEMS, NTE_BAD_FLAGS, NTE_BAD_TYPE, NTE_BAD_UID,
      ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER}},
    {"CryptSetProvParam",
     {NTE_BAD_FLAGS, NTE_BAD_TYPE, NTE_BAD_UID, ERROR_BUSY, NTE_FAIL, ERROR_INVALID_HANDLE,
      ERROR_INVALID_PARAMETER}},
    {"CryptEnumProviders",
     {ERROR_INVALID_PARAMETER, NTE_BAD_FLAGS, ERROR_MORE_DATA, ERROR_NO_MORE_ITEMS, NTE_FAIL,
      ERROR_NOT_ENOUGH_MEMORY}},
    {"CryptEnumProviderTypes",
     {ERROR_INVALID_PARAMETER, NTE_BAD_FLAGS, ERROR_MORE_DATA, ERROR_NO_MORE_ITEMS, NTE_FAIL,
      ERROR_NOT_ENOUGH_MEMORY}},
    {"CryptGetDefaultProvider",
     {ERROR_INVALID_PARAMETER, ERROR_MORE_DATA, ERROR_NOT_ENOUGH_MEMORY, NTE_BAD_FLAGS,
      NTE_BAD_PROV_TYPE, NTE_PROV_TYPE_NOT_DEF}},
    {"CryptSetProvider",
     {ERROR_INVALID_PARAMETER, ERROR_INVALID_HANDLE, ERROR_NOT_ENOUGH_MEMORY, NTE_BAD_PROVIDER,
      NTE_PROV_TYPE_NO_MATCH, NTE_BAD_PROV_TYPE}},
    {"CryptSetProviderEx",
     {ERROR_INVALID_PARAMETER, ERROR_NOT_ENOUGH_MEMORY, NTE_BAD_PROVIDER, NTE_PROV_TYPE_NO_MATCH,
      NTE_BAD_PROV_TYPE, NTE_BAD_FLAGS}},
    {"CryptGenKey",
     {NTE_BAD_ALGID, NTE_BAD_FLAGS, ERROR_INVALID_PARAMETER, NTE_SILENT_CONTEXT, NTE_BAD_UID,
      NTE_FAIL, NTE_PERM}},
    {"CryptDeriveKey",
     {NTE_BAD_ALGID, NTE_BAD_FLAGS, NTE_BAD_HASH, NTE_BAD_HASH_STATE, NTE_BAD_UID, NTE_FAIL,
      NTE_SILENT_CONTEXT, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, NTE_BAD_LEN}},
    {"CryptDestroyKey",
     {ERROR_BUSY, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, NTE_BAD_KEY, NTE_BAD_UID}},
    {"CryptDuplicateKey",
     {ERROR_INVALID_PARAMETER, ERROR_CALL_NOT_IMPLEMENTED, NTE_BAD_KEY, NTE_BAD_UID}},
    {"CryptExportKey",
     {NTE_BAD_TYPE, NTE_BAD_FLAGS, NTE_BAD_KEY_STATE, NTE_NO_KEY, NTE_BAD_PUBLIC_KEY, NTE_BAD_KEY,
      NTE_BAD_DATA, NTE_BAD_UID, ERROR_MORE_DATA, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER}},
    {"CryptImportKey",
     {NTE_BAD_ALGID, NTE_BAD_DATA, NTE_BAD_FLAGS, NTE_BAD_TYPE, NTE_BAD_UID, NTE_BAD_VER,
      NTE_BAD_KEY, NTE_NO_KEY, NTE_SILENT_CONTEXT, ERROR_BUSY}},
    {"CryptGetKeyParam",
     {NTE_BAD_FLAGS, NTE_BAD_TYPE, NTE_BAD_KEY, NTE_NO_KEY, ERROR_MORE_DATA, NTE_BAD_UID}},
    {"CryptSetKeyParam",
     {NTE_BAD_FLAGS, NTE_BAD_TYPE, NTE_FIXEDPARAMETER, NTE_BAD_UID, NTE_FAIL, ERROR_BUSY}},
    {"CryptGetUserKey",
     {NTE_BAD_KEY, NTE_NO_KEY, NTE_BAD_UID, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER}},
    {"CryptEncrypt",
     {ERROR_MORE_DATA, NTE_BAD_ALGID, NTE_BAD_DATA, NTE_BAD_FLAGS, NTE_BAD_HASH, NTE_BAD_HASH_STATE,
      NTE_BAD_KEY, NTE_BAD_UID, NTE_BAD_LEN, NTE_DOUBLE_ENCRYPT, NTE_PERM, NTE_FAIL, NTE_NO_MEMORY,
      ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER}},
    {"CryptDecrypt",
     {NTE_BAD_ALGID, NTE_BAD_DATA, NTE_BAD_FLAGS, NTE_BAD_HASH, NTE_BAD_HASH_STATE, NTE_BAD_KEY,
      NTE_BAD_UID, NTE_BAD_LEN, NTE_PERM, NTE_SILENT_CONTEXT, NTE_FAIL, NTE_NO_MEMORY,
      ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER}},
    {"CryptCreateHash",
     {NTE_BAD_ALGID, NTE_BAD_KEY, NTE_BAD_FLAGS, ERROR_NOT_ENOUGH_MEMORY, NTE_NO_MEMORY}},
    {"CryptHashData",
     {NTE_BAD_HASH_STATE, NTE_BAD_KEY, NTE_BAD_ALGID, NTE_BAD_FLAGS, NTE_BAD_LEN, NTE_BAD_HASH,
      NTE_BAD_UID, NTE_FAIL, NTE_NO_MEMORY, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER}},
    {"CryptHashSessionKey",
     {NTE_BAD_HASH_STATE, NTE_BAD_KEY, NTE_BAD_ALGID, NTE_BAD_FLAGS, NTE_BAD_HASH, NTE_BAD_UID,
      NTE_FAIL, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER}},
    {"CryptGetHashParam",
     {ERROR_MORE_DATA, NTE_BAD_FLAGS, NTE_BAD_HASH, NTE_BAD_TYPE, NTE_BAD_UID}},
    {"CryptSetHashParam",
     {NTE_BAD_FLAGS, NTE_BAD_HASH, NTE_BAD_TYPE, NTE_BAD_UID, NTE_FAIL, ERROR_BUSY}},
    {"CryptDuplicateHash", {ERROR_INVALID_PARAMETER, ERROR_CALL_NOT_IMPLEMENTED, NTE_BAD_HASH}},
    {"CryptDestroyHash",
     {ERROR_BUSY, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, NTE_BAD_ALGID, NTE_BAD_HASH,
      NTE_BAD_UID}},
    {"CryptSignHash",
     {ERROR_MORE_DATA, NTE_BAD_ALGID, NTE_BAD_FLAGS, NTE_BAD_HASH, NTE_NO_KEY, NTE_BAD_UID,
      NTE_NO_MEMORY, NTE_BAD_LEN}},
    {"CryptVerifySignature",
     {NTE_BAD_SIGNATURE, NTE_BAD_KEY, NTE_BAD_FLAGS, NTE_BAD_HASH, NTE_BAD_UID, NTE_NO_MEMORY}},
    {"CryptGenRandom", {NTE_BAD_UID, NTE_FAIL, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER}},
};

/// Codes whose calls are in another test of this folder's parent.
struct Elsewhere {
    std::vector<const char*> functions; // none: all
    DWORD code;
    const char* file;
};
const Elsewhere elsewhere[] = {
    {{}, ERROR_NOT_ENOUGH_MEMORY, "out_of_memory_test.cpp"},
    {{"CryptDestroyKey", "CryptDestroyHash"}, ERROR_BUSY, "lifetime_test.cpp"},
    {{"CryptDestroyKey", "CryptDestroyHash"}, ERROR_INVALID_HANDLE, "lifetime_test.cpp"},
    {{"CryptDestroyKey", "CryptDestroyHash"}, ERROR_INVALID_PARAMETER, "lifetime_test.cpp"},
    {{"CryptReleaseContext"}, ERROR_BUSY, "strict_test.cpp"},
    // what the handle is not, only the provider says; the dispatch layer says ERROR_* (U-05, U-06)
    {{}, NTE_BAD_UID, "provider_side/provider_side_test.cpp"},
    {{}, NTE_BAD_HASH, "provider_side/provider_side_test.cpp"},
    {{"CryptDestroyKey", "CryptDuplicateKey", "CryptGetKeyParam"},
     NTE_BAD_KEY,
     "provider_side/provider_side_test.cpp"},
    // a provider with an image of its own
    {{"CryptAcquireContext"}, NTE_PROV_TYPE_ENTRY_BAD, "registered_csp/loading_test.cpp"},
    {{"CryptAcquireContext"}, NTE_PROV_DLL_NOT_FOUND, "registered_csp/loading_test.cpp"},
    {{"CryptAcquireContext"}, NTE_PROVIDER_DLL_FAIL, "registered_csp/loading_test.cpp"},
    {{"CryptDuplicateKey", "CryptDuplicateHash"},
     ERROR_CALL_NOT_IMPLEMENTED,
     "registered_csp/passing_test.cpp"},
    {{"CryptAcquireContext"}, NTE_KEYSET_ENTRY_BAD, "crypt/context_test.cpp"},
    {{"CryptAcquireContext"}, NTE_BAD_KEY_STATE, "crypt/context_test.cpp"},
    {{"CryptAcquireContext"}, ERROR_FILE_NOT_FOUND, "crypt/denied_test.cpp"},
};

struct Never {
    const char* function;
    DWORD code;
    const char* why;
};
const Never never[] = {
    {"CryptAcquireContext", NTE_SIGNATURE_FILE_BAD, "nobody signs providers here"},
    {"CryptAcquireContext", NTE_BAD_SIGNATURE, "nobody signs providers here"},
    {"CryptAcquireContext", ERROR_BUSY, "U-17"},
    {"CryptSetProvParam", ERROR_BUSY, "1.5: never"},
    {"CryptSetProvider", ERROR_INVALID_HANDLE, "it has no handle"},
    {"CryptGenKey", NTE_PERM, "U-35"},
    {"CryptDeriveKey", NTE_SILENT_CONTEXT, "it takes no flag that asks somebody"},
    {"CryptImportKey", ERROR_BUSY, "\"some CSPs\""},
    {"CryptGetKeyParam", NTE_NO_KEY, "a handle always names a key"},
    {"CryptSetKeyParam", NTE_FIXEDPARAMETER, "P, Q and G are not hard-coded"},
    {"CryptSetKeyParam", ERROR_BUSY, "U-11: a call waits"},
    {"CryptEncrypt", NTE_DOUBLE_ENCRYPT, "6.6: never"},
    {"CryptHashData", NTE_BAD_LEN, "CRYPT_USERDATA is ignored"},
    {"CryptSetHashParam", ERROR_BUSY, "U-11: a call waits"},
    {"CryptDestroyHash", NTE_BAD_ALGID, "1.28: never"},
};

bool is_never(const std::string& function, DWORD code)
{
    // an unexpected failure, and a lack of memory that the dispatch layer names otherwise
    if (code == NTE_FAIL || code == NTE_NO_MEMORY)
        return true;
    return std::any_of(std::begin(never), std::end(never), [&](const Never& row) {
        return row.function == function && row.code == code;
    });
}

bool mentions(const std::string& file, const std::string& name)
{
    std::ifstream in(TESTS_API_DIR + ('/' + file));
    BOOST_REQUIRE_MESSAGE(in, "no file " << file);
    return std::string(std::istreambuf_iterator<char>(in), {}).find(name) != std::string::npos;
}

bool is_elsewhere(const std::string& function, DWORD code)
{
    for (const Elsewhere& row : elsewhere) {
        const bool meant =
            row.functions.empty() ||
            std::find(row.functions.begin(), row.functions.end(), function) != row.functions.end();
        if (meant && row.code == code)
            return mentions(row.file, win32_name(code));
    }
    return false;
}

} // namespace

BOOST_AUTO_TEST_SUITE(documented_error_codes)

BOOST_AUTO_TEST_CASE(are_what_the_calls_get)
{
    const World world;
    for (const Case& row : all_cases())
        BOOST_TEST_CONTEXT(row.function << ", " << win32_name(row.code))
        {
            size = sizeof data;
            CHECK_FAILS_WITH(row.call(world), row.code);
        }
}

BOOST_AUTO_TEST_CASE(have_a_case_each)
{
    std::set<std::pair<std::string, DWORD>> cases;
    for (const Case& row : all_cases())
        cases.insert({row.function, row.code});
    for (const Documented& row : documented)
        for (const DWORD code : row.codes)
            BOOST_CHECK_MESSAGE(cases.count({row.function, code}) ||
                                    is_elsewhere(row.function, code) ||
                                    is_never(row.function, code),
                                row.function << ": nobody gets " << win32_name(code));
}

BOOST_AUTO_TEST_SUITE_END()
