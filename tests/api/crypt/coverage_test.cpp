// SPDX-License-Identifier: BSD-2-Clause
// csp/coverage.md says what the providers have. Every constant of the public header has its row
// there, and each row is asked of the library.
#include "coverage_page.h"
#include "finite_field_fixtures.h"
#include "schannel_fixtures.h"
#include "support/interop_keys.h"
#include "support/temporary_folder.h"

#include <cstdlib>
#include <functional>
#include <set>

using namespace capishim_test;

namespace {

// Large enough for whatever a parameter implies; as a CRYPT_DATA_BLOB it is an empty one.
alignas(16) const BYTE zeros[512] = {};

std::vector<std::string> names_of(const std::map<std::string, DWORD>& constants)
{
    std::vector<std::string> names;
    for (const auto& [name, value] : constants)
        names.push_back(name);
    return names;
}

/// The number that all names of a cell stand for.
DWORD value_of_row(const CoveragePage::Row& row, const std::map<std::string, DWORD>& constants)
{
    const std::vector<std::string> names = names_in(row.cells[0]);
    BOOST_REQUIRE_MESSAGE(!names.empty(), "no name in " << row.cells[0]);
    for (const std::string& name : names) {
        BOOST_REQUIRE_MESSAGE(constants.count(name), "no constant " << name);
        BOOST_REQUIRE_EQUAL(constants.at(name), constants.at(names.front()));
    }
    return constants.at(names.front());
}

/// "get", "set", both or "-"; another answer than TRUE or "no such parameter" by its code.
std::string access(BOOL read, DWORD read_error, BOOL written, DWORD write_error, DWORD no_such)
{
    std::string text;
    if (read || read_error != no_such)
        text = read ? "get" : "get: " + win32_name(read_error);
    if (written || write_error != no_such)
        text += text.empty() ? "set" : ", set";
    return text.empty() ? "-" : text;
}

using MakeKey = std::function<HCRYPTKEY()>;

std::string key_access(const MakeKey& make, DWORD param, DWORD no_such = NTE_BAD_TYPE)
{
    DWORD size = 0;
    const BOOL read = CryptGetKeyParam(make(), param, nullptr, &size, 0);
    const DWORD read_error = GetLastError();
    const BYTE* const data = param == KP_X ? nullptr : zeros; // U-160: there is nothing to give
    const BOOL written = CryptSetKeyParam(make(), param, data, 0);
    return access(read, read_error, written, GetLastError(), no_such);
}

/// The providers that the tables' keys come from, each with all that its keys need.
struct Contexts {
    Provider rsa{aes_provider}, dss{enhanced_dh_provider};
    Provider made{enhanced_dh_provider}; // for pairs that take the place of others
    Side schannel;

    HCRYPTKEY rsa_pair() const { return imported(rsa.provider, from_hex(interop_private_blob)); }
    HCRYPTKEY dss_pair() const { return imported(dss.provider, FipsExample().private_blob()); }

    /// Before KP_X, everything else is set.
    HCRYPTKEY begun(ALG_ID algorithm) const
    {
        const FipsExample example;
        const HCRYPTKEY key =
            generated(dss.provider, algorithm, key_bits(512) | CRYPT_PREGEN | CRYPT_EXPORTABLE);
        REQUIRE_SUCCEEDS(set_number(key, KP_P, example.p));
        REQUIRE_SUCCEEDS(set_number(key, KP_G, example.g));
        REQUIRE_SUCCEEDS(set_number(key, KP_Q, example.q));
        return key;
    }
    HCRYPTKEY dh_pair() const
    {
        const HCRYPTKEY key = begun(CALG_DH_SF);
        REQUIRE_SUCCEEDS(CryptSetKeyParam(key, KP_X, nullptr, 0));
        return key;
    }
    HCRYPTKEY agreed_key() const
    {
        return agreed(dss.provider, dh_pair(), exported(dh_pair(), PUBLICKEYBLOB));
    }
    HCRYPTKEY mac_key() const
    {
        const HCRYPTHASH hash = schannel.master_hash(schannel.ready_master(CALG_TLS1_MASTER));
        return derived(schannel.provider, CALG_SCHANNEL_MAC_KEY, hash, CRYPT_EXPORTABLE);
    }
};

CoveragePage& page()
{
    static CoveragePage page;
    return page;
}

/// Stores that nobody else has.
struct Stores {
    Stores()
    {
        set_environment("CAPISHIM_HOME", user.path());
        set_environment("CAPISHIM_MACHINE_HOME", machine.path());
    }
    ~Stores() { page().leave_right_page(); }

    TemporaryFolder user, machine;
};

// ---- Algorithms --------------------------------------------------------------------------------

using Limits = std::map<ALG_ID, PROV_ENUMALGS_EX>;

Limits listed(const Provider& context)
{
    Limits limits;
    PROV_ENUMALGS_EX item;
    DWORD size = sizeof item;
    for (DWORD flags = CRYPT_FIRST; CryptGetProvParam(context.provider, PP_ENUMALGS_EX,
                                                      reinterpret_cast<BYTE*>(&item), &size, flags);
         flags = 0)
        limits[item.aiAlgid] = item;
    return limits;
}

std::string bits_of(const PROV_ENUMALGS_EX& item)
{
    if (item.dwMaxLen == 0xFFFFFFFF)
        return "any";
    if (item.dwMinLen == item.dwMaxLen)
        return std::to_string(item.dwDefaultLen);
    return std::to_string(item.dwDefaultLen) + '/' + std::to_string(item.dwMinLen) + '/' +
           std::to_string(item.dwMaxLen);
}

/// Whether a call that makes a key or a hash of it fails for another reason, or not at all.
bool known(const Provider& context, ALG_ID algorithm)
{
    HCRYPTHASH hash = 0;
    HCRYPTKEY key = 0;
    const ByteVector blob = plaintext_blob(algorithm, counting(16));
    const BOOL as_hash = CryptCreateHash(context.provider, algorithm, 0, 0, &hash);
    const DWORD hash_error = GetLastError();
    const BOOL as_key = import_blob(context.provider, blob, &key);
    return as_hash || hash_error != NTE_BAD_ALGID || as_key || GetLastError() != NTE_BAD_ALGID;
}

std::string support(const Provider& context, const Limits& limits, ALG_ID algorithm)
{
    const auto found = limits.find(algorithm);
    if (found != limits.end())
        return bits_of(found->second);
    return known(context, algorithm) ? "not listed" : "-";
}

// ---- Flags -------------------------------------------------------------------------------------

using FlagProbe = std::function<BOOL(DWORD flags)>;

std::string answer(const FlagProbe& probe, DWORD flags)
{
    return probe(flags) ? "taken" : win32_name(GetLastError());
}

constexpr DWORD length_bits = 0xFFFF0000; // of CryptGenKey and CryptDeriveKey

void check_bits_without_row(const std::string& what, const FlagProbe& probe, DWORD said)
{
    for (DWORD bit = 1; bit != 0; bit <<= 1)
        if ((said & bit) == 0)
            BOOST_CHECK_MESSAGE(answer(probe, bit) == "NTE_BAD_FLAGS",
                                what << ", bit " << std::hex << bit << ": " << answer(probe, bit));
}

BOOL acquire(DWORD flags)
{
    const auto call = [](DWORD with, const char* name) {
        HCRYPTPROV provider = 0;
        const BOOL done =
            CryptAcquireContextA(&provider, name, MS_STRONG_PROV_A, PROV_RSA_FULL, with);
        const DWORD error = GetLastError();
        if (provider)
            CryptReleaseContext(provider, 0);
        SetLastError(error);
        return done;
    };
    if (flags & CRYPT_VERIFYCONTEXT)
        return call(flags, nullptr);
    const DWORD machine = flags & CRYPT_MACHINE_KEYSET;
    if (flags & CRYPT_DELETEKEYSET)
        return call(CRYPT_NEWKEYSET | machine, "coverage") && call(flags, "coverage");
    if (!call(flags | CRYPT_NEWKEYSET, "coverage"))
        return FALSE;
    return call(CRYPT_DELETEKEYSET | machine, "coverage");
}

BOOL export_with(HCRYPTKEY key, DWORD type, DWORD flags, HCRYPTKEY under = 0)
{
    DWORD size = 0;
    return CryptExportKey(key, under, type, flags, nullptr, &size);
}

BOOL encrypt_with(HCRYPTKEY key, DWORD flags)
{
    BYTE data[64] = {};
    DWORD size = 8;
    return CryptEncrypt(key, 0, TRUE, flags, data, &size, sizeof data);
}

BOOL decrypt_with(HCRYPTKEY key, ByteVector data, DWORD flags)
{
    DWORD size = size_of(data);
    return CryptDecrypt(key, 0, TRUE, flags, data.data(), &size);
}

/// Of AT_SIGNATURE in that context; the verification is of what was signed with the same flags.
BOOL sign_with(const Provider& context, HCRYPTKEY pair, DWORD flags, bool then_verify)
{
    ByteVector signature(64);
    DWORD size = 64;
    const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "abc");
    const DWORD signing = then_verify ? flags & 7 : flags;
    if (!CryptSignHashA(hash, AT_SIGNATURE, nullptr, signing, signature.data(), &size))
        return FALSE;
    return !then_verify ||
           CryptVerifySignatureA(hash, signature.data(), size, pair, nullptr, flags);
}

BOOL list_with(HCRYPTPROV provider, DWORD param, DWORD flags)
{
    BYTE data[1024];
    DWORD size = sizeof data;
    return CryptGetProvParam(provider, param, data, &size, flags);
}

using FlagProbes = std::map<std::string, FlagProbe>;

/// CryptGenKey, by what the page's columns call its keys.
FlagProbes gen_key_probes(const Contexts& contexts)
{
    const HCRYPTPROV rsa = contexts.rsa.provider, made = contexts.made.provider;
    return {
        {"cipher", [=](DWORD flags) { return gen_key(rsa, CALG_RC4, flags); }},
        {"RSA pair",
         [=](DWORD flags) { return gen_key(rsa, AT_KEYEXCHANGE, key_bits(512) | flags); }},
        {"DSS or DH pair",
         [=](DWORD flags) { return gen_key(made, CALG_DSS_SIGN, key_bits(512) | flags); }},
    };
}

/// The other functions, by what the page calls them.
FlagProbes flag_probes(const Contexts& contexts, const Container& container)
{
    const HCRYPTPROV rsa = contexts.rsa.provider;
    const HCRYPTKEY rc4 = contexts.rsa.make_key(CALG_RC4), block = contexts.rsa.make_key(CALG_3DES);
    const HCRYPTKEY exchange = contexts.rsa_pair(), dss_pair = contexts.dss_pair();
    const HCRYPTKEY signing = contexts.rsa.make_key(AT_SIGNATURE, key_bits(512));
    const HCRYPTKEY master = contexts.schannel.make_key(CALG_TLS1_MASTER);
    const HCRYPTKEY receiver = contexts.schannel.pair;
    const ByteVector simple = exported(rc4, SIMPLEBLOB, exchange);
    const ByteVector sealed = encrypted_part(exchange, counting(8), TRUE);
    const ByteVector block_text = encrypted_part(block, counting(8), TRUE);
    const auto hash = [=, &contexts] { return contexts.rsa.make_hash(CALG_SHA1); };
    return {
        {"CryptAcquireContext", acquire},
        {"CryptDeriveKey",
         [=](DWORD flags) { return derive_key(rsa, CALG_RC4, hash(), key_bits(40) | flags); }},
        {"CryptExportKey, SIMPLEBLOB",
         [=](DWORD flags) { return export_with(rc4, SIMPLEBLOB, flags, exchange); }},
        {"CryptExportKey, SIMPLEBLOB of a master key",
         [=](DWORD flags) { return export_with(master, SIMPLEBLOB, flags, receiver); }},
        {"CryptExportKey, RSA pair",
         [=](DWORD flags) { return export_with(exchange, PRIVATEKEYBLOB, flags); }},
        {"CryptExportKey, DSS or DH pair",
         [=](DWORD flags) { return export_with(dss_pair, PRIVATEKEYBLOB, flags); }},
        {"CryptExportKey, PLAINTEXTKEYBLOB",
         [=](DWORD flags) { return export_with(rc4, PLAINTEXTKEYBLOB, flags); }},
        {"CryptExportKey, OPAQUEKEYBLOB",
         [=](DWORD flags) { return export_with(rc4, OPAQUEKEYBLOB, flags); }},
        {"CryptExportKey, SYMMETRICWRAPKEYBLOB",
         [=](DWORD flags) { return export_with(rc4, SYMMETRICWRAPKEYBLOB, flags, block); }},
        {"CryptImportKey",
         [=](DWORD flags) {
             HCRYPTKEY key = 0;
             const bool oaep = (flags & CRYPT_OAEP) != 0; // the blob's padding is the other one
             return import_blob(rsa, simple, &key, exchange, flags) ||
                    (oaep && GetLastError() == NTE_BAD_DATA);
         }},
        {"CryptCreateHash",
         [=](DWORD flags) {
             HCRYPTHASH made = 0;
             return CryptCreateHash(rsa, CALG_SHA1, 0, flags, &made);
         }},
        {"CryptHashData", [=](DWORD flags) { return CryptHashData(hash(), zeros, 8, flags); }},
        {"CryptHashSessionKey",
         [=](DWORD flags) { return CryptHashSessionKey(hash(), rc4, flags); }},
        {"CryptSignHash, RSA",
         [=, &contexts](DWORD flags) { return sign_with(contexts.rsa, signing, flags, false); }},
        {"CryptSignHash, DSS",
         [=, &contexts](DWORD flags) { return sign_with(contexts.dss, dss_pair, flags, false); }},
        {"CryptVerifySignature, RSA",
         [=, &contexts](DWORD flags) { return sign_with(contexts.rsa, signing, flags, true); }},
        {"CryptVerifySignature, DSS",
         [=, &contexts](DWORD flags) { return sign_with(contexts.dss, dss_pair, flags, true); }},
        {"CryptEncrypt, cipher", [=](DWORD flags) { return encrypt_with(rc4, flags); }},
        {"CryptEncrypt, RSA pair", [=](DWORD flags) { return encrypt_with(exchange, flags); }},
        {"CryptDecrypt, cipher",
         [=](DWORD flags) { return decrypt_with(block, block_text, flags); }},
        {"CryptDecrypt, RSA pair",
         [=](DWORD flags) {
             const bool oaep = (flags & CRYPT_OAEP) != 0;
             return decrypt_with(exchange, sealed, flags) ||
                    (oaep && GetLastError() == NTE_BAD_DATA);
         }},
        {"CryptGetProvParam, PP_ENUMALGS",
         [=](DWORD flags) { return list_with(rsa, PP_ENUMALGS, flags); }},
        {"CryptGetProvParam, PP_ENUMALGS_EX",
         [=](DWORD flags) { return list_with(rsa, PP_ENUMALGS_EX, flags); }},
        {"CryptGetProvParam, PP_ENUMCONTAINERS",
         [&container](DWORD flags) {
             const BOOL listed = list_with(container.provider, PP_ENUMCONTAINERS, flags);
             return listed || GetLastError() == ERROR_NO_MORE_ITEMS;
         }},
        {"CryptGetProvParam, PP_KEYSET_SEC_DESCR",
         [&container](DWORD flags) {
             return list_with(container.provider, PP_KEYSET_SEC_DESCR, flags);
         }},
        {"CryptGetDefaultProvider",
         [](DWORD flags) {
             DWORD size = 0;
             return CryptGetDefaultProviderA(PROV_RSA_FULL, nullptr, flags, nullptr, &size);
         }},
        {"CryptSetProviderEx",
         [](DWORD flags) {
             const DWORD scope = flags & CRYPT_DELETE_DEFAULT ? CRYPT_USER_DEFAULT : 0;
             return CryptSetProviderExA(MS_STRONG_PROV_A, PROV_RSA_FULL, nullptr, flags | scope);
         }},
    };
}

// ---- Blobs -------------------------------------------------------------------------------------

/// "export, import", each where it works.
std::string blob_access(HCRYPTPROV provider, HCRYPTKEY key, DWORD type, DWORD version,
                        HCRYPTKEY under)
{
    const DWORD flags = version == 3 ? CRYPT_BLOB_VER3 : 0;
    DWORD size = 0;
    if (!CryptExportKey(key, under, type, flags, nullptr, &size))
        return "-";
    HCRYPTKEY back = 0;
    return import_blob(provider, exported(key, type, under, flags), &back, under) ? "export, import"
                                                                                  : "export";
}

} // namespace

BOOST_TEST_GLOBAL_FIXTURE(Stores);

BOOST_AUTO_TEST_SUITE(coverage_page)

BOOST_AUTO_TEST_CASE(says_which_algorithms_each_provider_has)
{
    const struct {
        const char* column;
        ProviderName which;
    } columns[] = {
        {"Base", base_provider},
        {"Strong, Enhanced", strong_provider},
        {"Strong, Enhanced", enhanced_provider},
        {"RSA and AES", aes_provider},
        {"RSA SChannel", schannel_provider},
        {"Base DSS", dss_provider},
        {"Base DSS/DH", base_dh_provider},
        {"Enhanced DSS/DH", enhanced_dh_provider},
        {"DH SChannel", dh_schannel_provider},
    };
    const auto constants = header_constants("CALG_");
    page().check_complete("Algorithms", names_of(constants));
    const auto& rows = page().table("Algorithms").rows;
    for (const auto& column : columns) {
        const Provider context(column.which);
        const Limits limits = listed(context);
        std::size_t seen = 0;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const ALG_ID algorithm = value_of_row(rows[row], constants);
            seen += limits.count(algorithm);
            page().check("Algorithms", row, column.column, support(context, limits, algorithm));
        }
        BOOST_CHECK_EQUAL(seen, limits.size()); // nothing is listed that has no row
    }
}

BOOST_AUTO_TEST_CASE(says_which_parameters_each_key_has)
{
    const Contexts contexts;
    const std::pair<const char*, MakeKey> columns[] = {
        {"RC4", [&] { return contexts.rsa.make_key(CALG_RC4); }},
        {"RC2", [&] { return contexts.rsa.make_key(CALG_RC2); }},
        {"other ciphers", [&] { return contexts.rsa.make_key(CALG_AES_128); }},
        {"other ciphers", [&] { return contexts.rsa.make_key(CALG_DES); }},
        {"RSA", [&] { return contexts.rsa_pair(); }},
        {"DSS", [&] { return contexts.dss_pair(); }},
        {"DH", [&] { return contexts.dh_pair(); }},
        {"SSL3, TLS1 master", [&] { return contexts.schannel.make_key(CALG_SSL3_MASTER); }},
        {"SSL3, TLS1 master", [&] { return contexts.schannel.make_key(CALG_TLS1_MASTER); }},
        {"SSL2 master", [&] { return contexts.schannel.make_key(CALG_SSL2_MASTER); }},
        {"MAC key", [&] { return contexts.mac_key(); }},
    };
    const auto constants = header_constants("KP_");
    page().check_complete("Key parameters", names_of(constants));
    const auto& rows = page().table("Key parameters").rows;
    for (const auto& [column, make] : columns)
        for (std::size_t row = 0; row < rows.size(); ++row)
            page().check("Key parameters", row, column,
                         key_access(make, value_of_row(rows[row], constants)));
}

BOOST_AUTO_TEST_CASE(says_what_keys_that_are_not_finished_have)
{
    const Contexts contexts;
    const std::pair<const char*, MakeKey> columns[] = {
        {"begun DSS pair", [&] { return contexts.begun(CALG_DSS_SIGN); }},
        {"begun DH pair", [&] { return contexts.begun(CALG_DH_SF); }},
        {"agreed key", [&] { return contexts.agreed_key(); }},
    };
    const auto constants = header_constants("KP_");
    const auto& rows = page().table("Keys that are not finished").rows;
    for (const auto& [column, make] : columns) {
        std::set<DWORD> said;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const DWORD param = value_of_row(rows[row], constants);
            said.insert(param);
            page().check("Keys that are not finished", row, column,
                         key_access(make, param, NTE_BAD_KEY_STATE));
        }
        for (const auto& [name, param] : constants)
            if (said.count(param) == 0)
                BOOST_CHECK_MESSAGE(key_access(make, param, NTE_BAD_KEY_STATE) == "-",
                                    column << " has no row " << name);
    }
}

BOOST_AUTO_TEST_CASE(says_which_modes_and_paddings_ciphers_take)
{
    const Provider rsa(aes_provider), dss(enhanced_dh_provider);
    const std::pair<const char*, MakeKey> columns[] = {
        {"block cipher, RSA providers", [&] { return rsa.make_key(CALG_3DES); }},
        {"block cipher, DSS/DH providers", [&] { return dss.make_key(CALG_3DES); }},
        {"RC4", [&] { return rsa.make_key(CALG_RC4); }},
    };
    auto constants = header_constants("CRYPT_MODE_");
    std::vector<std::string> names = names_of(constants);
    for (const char* const padding : {"PKCS5_PADDING", "RANDOM_PADDING", "ZERO_PADDING"})
        names.emplace_back(padding);
    constants.merge(header_constants("PKCS5_"));
    constants.merge(header_constants("RANDOM_"));
    constants.merge(header_constants("ZERO_"));
    page().check_complete("Modes and paddings", names);
    const auto& rows = page().table("Modes and paddings").rows;
    for (const auto& [column, make] : columns)
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const bool mode = rows[row].cells[0].find("MODE") != std::string::npos;
            const DWORD value = value_of_row(rows[row], constants);
            const BOOL taken = set_key_number(make(), mode ? KP_MODE : KP_PADDING, value);
            page().check("Modes and paddings", row, column,
                         taken ? "taken" : win32_name(GetLastError()));
        }
}

BOOST_AUTO_TEST_CASE(says_which_parameters_each_hash_has)
{
    const Contexts contexts;
    const HCRYPTKEY key = contexts.rsa.make_key(CALG_3DES);
    const HCRYPTKEY master = contexts.schannel.ready_master(CALG_TLS1_MASTER);
    const auto hmac = [&] {
        const HCRYPTHASH hash = keyed_hash(contexts.rsa.provider, CALG_HMAC, key);
        REQUIRE_SUCCEEDS(set_hmac_info(hash, CALG_SHA1));
        return hash;
    };
    const std::pair<const char*, std::function<HCRYPTHASH()>> columns[] = {
        {"MD2 to SHA-512", [&] { return contexts.rsa.make_hash(CALG_MD2); }},
        {"MD2 to SHA-512", [&] { return contexts.rsa.make_hash(CALG_SHA_512); }},
        {"SSL3_SHAMD5", [&] { return contexts.rsa.make_hash(CALG_SSL3_SHAMD5); }},
        {"MAC", [&] { return keyed_hash(contexts.rsa.provider, CALG_MAC, key); }},
        {"HMAC", hmac},
        {"TLS1PRF", [&] { return keyed_hash(contexts.schannel.provider, CALG_TLS1PRF, master); }},
        {"SCHANNEL_MASTER_HASH", [&] { return contexts.schannel.master_hash(master); }},
    };
    const auto constants = header_constants("HP_");
    page().check_complete("Hash parameters", names_of(constants));
    const auto& rows = page().table("Hash parameters").rows;
    for (const auto& [column, make] : columns)
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const DWORD param = value_of_row(rows[row], constants);
            DWORD size = 0;
            const BOOL read = CryptGetHashParam(make(), param, nullptr, &size, 0);
            const DWORD read_error = GetLastError();
            const BOOL written = CryptSetHashParam(make(), param, zeros, 0);
            page().check("Hash parameters", row, column,
                         access(read, read_error, written, GetLastError(), NTE_BAD_TYPE));
        }
}

BOOST_AUTO_TEST_CASE(says_which_parameters_providers_have)
{
    const Container container("coverage of parameters");
    const auto constants = header_constants("PP_");
    page().check_complete("Provider parameters", names_of(constants));
    const auto& rows = page().table("Provider parameters").rows;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const DWORD param = value_of_row(rows[row], constants);
        DWORD size = 0;
        const BOOL read = CryptGetProvParam(container.provider, param, nullptr, &size,
                                            param == PP_KEYSET_SEC_DESCR ? 7 : 0);
        const DWORD read_error = GetLastError();
        const BOOL written = CryptSetProvParam(container.provider, param, zeros, 0);
        page().check("Provider parameters", row, "access",
                     access(read, read_error, written, GetLastError(), NTE_BAD_TYPE));
    }
}

BOOST_AUTO_TEST_CASE(says_which_blobs_each_key_has)
{
    const Contexts contexts;
    const HCRYPTPROV rsa = contexts.rsa.provider, dss = contexts.dss.provider;
    const HCRYPTPROV schannel = contexts.schannel.provider;
    const HCRYPTKEY pair = contexts.rsa_pair(),
                    public_key = imported(rsa, from_hex(other_public_blob));
    const HCRYPTKEY wrapping = contexts.rsa.make_key(CALG_3DES);
    const struct {
        const char* column;
        HCRYPTPROV provider;
        HCRYPTKEY key, receiver, wrapping;
    } columns[] = {
        {"session key", rsa, contexts.rsa.make_key(CALG_RC4), pair, wrapping},
        {"RSA pair", rsa, pair, pair, wrapping},
        {"RSA public key", rsa, public_key, pair, wrapping},
        {"DSS pair", dss, contexts.dss_pair(), 0, contexts.dss.make_key(CALG_3DES)},
        {"DH pair", dss, contexts.dh_pair(), 0, contexts.dss.make_key(CALG_3DES)},
        {"master key", schannel, contexts.schannel.make_key(CALG_TLS1_MASTER),
         contexts.schannel.pair, contexts.schannel.make_key(CALG_3DES)},
        {"MAC key", schannel, contexts.mac_key(), contexts.schannel.pair,
         contexts.schannel.make_key(CALG_3DES)},
    };
    std::map<std::string, DWORD> constants;
    for (const char* const prefix :
         {"SIMPLEBLO", "PUBLICKEYBLO", "PRIVATEKEYBLO", "PLAINTEXTKEYBLO", "OPAQUEKEYBLO",
          "SYMMETRICWRAPKEYBLO", "KEYSTATEBLO"})
        constants.merge(header_constants(prefix));
    page().check_complete("Key blobs", names_of(constants));
    const auto& rows = page().table("Key blobs").rows;
    for (const auto& column : columns)
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const DWORD type = value_of_row(rows[row], constants);
            const HCRYPTKEY under = type == SIMPLEBLOB             ? column.receiver
                                    : type == SYMMETRICWRAPKEYBLOB ? column.wrapping
                                                                   : 0;
            const DWORD version = rows[row].cells[1] == "3" ? 3 : 2;
            page().check("Key blobs", row, column.column,
                         blob_access(column.provider, column.key, type, version, under));
        }
}

BOOST_AUTO_TEST_CASE(names_every_flag)
{
    // what parameters hold, not what functions are told; the last lies where the length is
    const std::regex no_flag("CRYPT_(IMPL_|FLAG_|MODE_|(FAST)?SGC$|SEC_DESCR|PSTORE|UI_PROMPT|"
                             "(ENCRYPT|DECRYPT|(EX|IM)PORT(_KEY)?|READ|WRITE|MAC|ARCHIVE)$|"
                             "USER_PROTECTED_STRONG)\\w*");
    std::set<std::string> named;
    for (const char* const section : {"Flags of CryptGenKey", "Flags"})
        for (const auto& row : page().table(section).rows)
            for (const std::string& name : names_in(row.cells[0]))
                named.insert(name);
    for (const auto& [name, value] : header_constants("CRYPT_"))
        if (!std::regex_match(name, no_flag))
            BOOST_CHECK_MESSAGE(named.count(name), "no row has " << name);
}

BOOST_AUTO_TEST_CASE(says_which_flags_CryptGenKey_takes)
{
    const Contexts contexts;
    const auto constants = header_constants("CRYPT_");
    const auto& rows = page().table("Flags of CryptGenKey").rows;
    for (const auto& [column, probe] : gen_key_probes(contexts)) {
        DWORD said = length_bits;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const DWORD flags = value_of_row(rows[row], constants);
            said |= flags;
            page().check("Flags of CryptGenKey", row, column, answer(probe, flags));
        }
        check_bits_without_row(column, probe, said);
    }
}

BOOST_AUTO_TEST_CASE(says_which_flags_the_other_functions_take)
{
    const Contexts contexts;
    const Container container("coverage of flags");
    const FlagProbes probes = flag_probes(contexts, container);
    auto constants = header_constants("CRYPT_");
    constants["OWNER_SECURITY_INFORMATION"] = OWNER_SECURITY_INFORMATION;
    constants["GROUP_SECURITY_INFORMATION"] = GROUP_SECURITY_INFORMATION;
    constants["DACL_SECURITY_INFORMATION"] = DACL_SECURITY_INFORMATION;
    constants["SACL_SECURITY_INFORMATION"] = SACL_SECURITY_INFORMATION;
    std::map<std::string, DWORD> said = {{"CryptDeriveKey", length_bits}};
    const auto& rows = page().table("Flags").rows;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::string& function = rows[row].cells[1];
        BOOST_REQUIRE_MESSAGE(probes.count(function), "no function " << function);
        const DWORD flags = value_of_row(rows[row], constants);
        said[function] |= flags;
#ifdef _WIN32 // where the tests have no such privilege
        if (flags == SACL_SECURITY_INFORMATION)
            continue;
#endif
        page().check("Flags", row, "answer", answer(probes.at(function), flags));
    }
    for (const auto& [function, probe] : probes)
        check_bits_without_row(function, probe, said[function]);
}

BOOST_AUTO_TEST_SUITE_END()
