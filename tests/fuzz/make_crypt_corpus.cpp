// SPDX-License-Identifier: BSD-2-Clause
// Writes inputs that the fuzz targets of Crypt* start from: blobs of every kind of key, parameters
// that fit, whole ciphertexts. usage: make_crypt_corpus FOLDER
#include "crypt_fuzz.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

using namespace fuzz;

std::filesystem::path root;

void write(const char* target, const std::string& name, const Bytes& input)
{
    std::filesystem::create_directories(root / target);
    std::ofstream out(root / target / name, std::ios::binary);
    out.write(reinterpret_cast<const char*>(input.data()),
              static_cast<std::streamsize>(input.size()));
}

Bytes joined(Bytes head, const Bytes& tail)
{
    head.insert(head.end(), tail.begin(), tail.end());
    return head;
}

constexpr BYTE aes_provider = 3; // the place of the provider that has the most ciphers
constexpr BYTE schannel_provider = 4, dss_dh_provider = 7, dh_schannel_provider = 8;

// places of keys
constexpr BYTE exchange_pair = 12, dss_pair = 14, dh_pair = 15, ephemeral_pair = 16;
constexpr BYTE first_master = 17, tls1_master = 19, agreed = 20;
constexpr BYTE begun_dss = 21, begun_dh = 22;

std::string name_of(std::size_t key)
{
    char name[20];
    std::snprintf(name, sizeof name, "%04x-%u", key_rows[key].algorithm, key_rows[key].size);
    return name;
}

void write_blobs(HCRYPTPROV context, std::size_t place)
{
    const HCRYPTKEY pair = make_key(context, {CALG_RSA_KEYX, 0});
    const HCRYPTKEY key = make_key(context, key_rows[place]);
    constexpr std::size_t rc4 = 2, triple_des = 8, aes = 9, exchange = 12;
    const struct {
        const char* name;
        DWORD type;
        HCRYPTKEY under;
        BYTE opener; // as the target chooses it
    } blobs[] = {
        {"plain", PLAINTEXTKEYBLOB, 0, 0},
        {"public", PUBLICKEYBLOB, 0, 0},
        {"private", PRIVATEKEYBLOB, 0, 0},
        {"simple", SIMPLEBLOB, pair, 0},
        {"simple-by-pair", SIMPLEBLOB, pair, exchange + 2},
        {"wrapped-rc4", PRIVATEKEYBLOB, make_key(context, key_rows[rc4]), rc4 + 2},
        {"wrapped-3des", PRIVATEKEYBLOB, make_key(context, key_rows[triple_des]), triple_des + 2},
        {"wrapped-aes", PRIVATEKEYBLOB, make_key(context, key_rows[aes]), aes + 2},
        {"symmetric-wrap", SYMMETRICWRAPKEYBLOB, make_key(context, key_rows[triple_des]),
         triple_des + 2},
    };
    for (const auto& blob : blobs) {
        const Bytes bytes = exported(key, blob.type, blob.under);
        if (!bytes.empty())
            write("crypt_import_key", name_of(place) + "-" + blob.name,
                  joined({aes_provider, blob.opener, 1}, bytes));
    }
}

void write_params(BYTE place)
{
    constexpr BYTE count_of_params = 26;
    for (BYTE param = 0; param < count_of_params; ++param)
        write("crypt_set_key_param", name_of(place) + "-" + std::to_string(param),
              joined({aes_provider, place, 2, param, 0, 11}, Bytes(60, param)));
}

void write_ciphertexts(HCRYPTPROV context, BYTE place)
{
    const HCRYPTKEY key = make_key(context, key_rows[place]);
    Bytes text(2100, 'a');
    DWORD size = 40;
    if (!CryptEncrypt(key, 0, TRUE, 0, text.data(), &size, size_of(text)))
        return;
    text.resize(size);
    const Bytes zero_iv(16);
    for (BYTE options = 0; options < 32; options += 11)
        for (const BYTE mode : {0, 2, 4}) {
            Bytes head = {aes_provider, place, mode, 0, 0, options};
            head = joined(head, zero_iv);
            head.push_back(options & 1 ? static_cast<BYTE>(size) : BYTE{0});
            write("crypt_decrypt",
                  name_of(place) + "-" + std::to_string(mode) + "-" + std::to_string(options),
                  joined(head, text));
        }
}

// ---- The providers of SChannel, DSS and Diffie-Hellman -----------------------------------------

/// A blob of every version, and as version 1, which nobody takes.
void write_pair_blobs(HCRYPTPROV context, BYTE place)
{
    const HCRYPTKEY key = make_key(context, key_rows[place]);
    constexpr BYTE rc4 = 2, triple_des = 8;
    const struct {
        const char* name;
        DWORD type, flags;
        BYTE wrapping; // 0: none
    } blobs[] = {
        {"public", PUBLICKEYBLOB, 0, 0},
        {"public-3", PUBLICKEYBLOB, CRYPT_BLOB_VER3, 0},
        {"private", PRIVATEKEYBLOB, 0, 0},
        {"private-3", PRIVATEKEYBLOB, CRYPT_BLOB_VER3, 0},
        {"wrapped-rc4", PRIVATEKEYBLOB, 0, rc4},
        {"wrapped-3des", PRIVATEKEYBLOB, CRYPT_BLOB_VER3, triple_des},
    };
    for (const auto& blob : blobs) {
        const HCRYPTKEY under = blob.wrapping ? make_key(context, key_rows[blob.wrapping]) : 0;
        const BYTE opener = blob.wrapping ? static_cast<BYTE>(blob.wrapping + 2) : BYTE{0};
        Bytes bytes = exported(key, blob.type, under, blob.flags);
        write("crypt_import_key", name_of(place) + '-' + blob.name,
              joined({dss_dh_provider, opener, 1}, bytes));
        bytes[1] = 1;
        if (!blob.wrapping && !blob.flags)
            write("crypt_import_key", name_of(place) + '-' + blob.name + "-1",
                  joined({dss_dh_provider, opener, 1}, bytes));
    }
}

/// Public values under one's own pair.
void write_agreements(HCRYPTPROV context)
{
    for (const BYTE place : {dh_pair, ephemeral_pair}) {
        const HCRYPTKEY key = make_key(context, key_rows[place]);
        for (const DWORD flags : {DWORD{0}, DWORD{CRYPT_BLOB_VER3}})
            write("crypt_import_key", name_of(place) + (flags ? "-agreed-3" : "-agreed"),
                  joined({dh_schannel_provider, static_cast<BYTE>(dh_pair + 2), 1},
                         exported(key, PUBLICKEYBLOB, 0, flags)));
    }
}

void write_masters(HCRYPTPROV context)
{
    const HCRYPTKEY pair = make_key(context, key_rows[exchange_pair]);
    constexpr BYTE oaep = 8;
    for (BYTE place = first_master; place <= tls1_master; ++place) {
        const HCRYPTKEY master = make_key(context, key_rows[place]);
        const auto write_blob = [&](const char* name, DWORD export_flags, BYTE import_flags) {
            write("crypt_import_key", name_of(place) + name,
                  joined({schannel_provider, exchange_pair + 2, import_flags},
                         exported(master, SIMPLEBLOB, pair, export_flags)));
        };
        write_blob("-simple", 0, 1);
        write_blob("-fallback", CRYPT_SSL2_FALLBACK, 3);
        if (place == first_master) // OAEP has no room for the others
            write_blob("-oaep", CRYPT_OAEP, oaep | 1);
    }
}

/// One CryptSetKeyParam of crypt_set_key_param's input.
Bytes step(BYTE param, const Bytes& value)
{
    return joined({param, 0, static_cast<BYTE>(value.size())}, value);
}

Bytes number(DWORD value)
{
    Bytes bytes;
    append_number(bytes, value);
    return bytes;
}

/// SCHANNEL_ALG without its last two fields, which are zero.
Bytes schannel_algorithm(DWORD use, ALG_ID algorithm, DWORD bits)
{
    return joined(joined(number(use), number(algorithm)), number(bits));
}

void write_steps(const std::string& name, BYTE provider, BYTE place,
                 const std::vector<Bytes>& steps)
{
    Bytes input = {provider, place, static_cast<BYTE>(steps.size())};
    for (const Bytes& one : steps)
        append(input, one);
    append(input, {1, 2, 3, 4, 5});
    write("crypt_set_key_param", name_of(place) + '-' + name, input);
}

void write_settings(HCRYPTPROV context)
{
    // places of parameters
    constexpr BYTE algorithm_id = 8, p = 9, q = 10, g = 11, parameters = 13, client = 16,
                   server = 17, schannel = 18, x = 26, clear = 27, cms = 28;
    const Group group;
    const HCRYPTKEY pair = make_key(context, key_rows[dss_pair]);
    Bytes blob = exported(pair, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3);
    blob.resize(blob.size() - group.p.size()); // without Y
    const std::vector<Bytes> numbers = {step(p, group.p), step(q, group.q), step(g, group.g),
                                        step(x, {})};
    write_steps("begun-numbers", dss_dh_provider, begun_dss, numbers);
    write_steps("begun-numbers-dh", dss_dh_provider, begun_dh, numbers);
    write_steps("begun-parameters", dss_dh_provider, begun_dss,
                {step(parameters, blob), step(x, {})});
    for (const ALG_ID algorithm : {CALG_RC2, CALG_RC4, CALG_3DES, CALG_SSL3_MASTER})
        write_steps("agreed-" + std::to_string(algorithm), dh_schannel_provider, agreed,
                    {step(algorithm_id, number(algorithm)), step(client, Bytes(32, 1)),
                     step(server, Bytes(32, 2))});
    const std::string oid = "1.2.840.113549.1.9.16.3.6";
    write_steps("agreed-cms", dss_dh_provider, agreed,
                {step(cms, joined({0x03, 0x66}, Bytes(oid.begin(), oid.end())))});
    for (BYTE place = first_master; place <= tls1_master; ++place)
        write_steps("handshake", schannel_provider, place,
                    {step(schannel, schannel_algorithm(SCHANNEL_ENC_KEY, CALG_RC4, 128)),
                     step(schannel, schannel_algorithm(SCHANNEL_MAC_KEY, CALG_MD5, 128)),
                     step(clear, Bytes(11, 3)), step(client, Bytes(32, 1)),
                     step(server, Bytes(32, 2))});
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 2)
        return 1;
    root = arguments[1];
    const Context schannel(providers[schannel_provider]), dss_dh(providers[dss_dh_provider]);
    for (const BYTE place : {dss_pair, dh_pair, ephemeral_pair})
        write_pair_blobs(dss_dh, place);
    write_agreements(dss_dh);
    write_masters(schannel);
    write_settings(dss_dh);
    for (std::size_t place = 0; place < dss_pair; ++place) {
        const Context context(providers[aes_provider]);
        write_blobs(context, place);
        write_ciphertexts(context, static_cast<BYTE>(place));
    }
    for (const BYTE place : {2, 5, 9, 12}) // RC4, RC2, AES, RSA
        write_params(place);
}
