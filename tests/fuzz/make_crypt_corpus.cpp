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

constexpr BYTE aes_provider = 3; // the place of the provider that has all of them

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

} // namespace

int main(int count, char** arguments)
{
    if (count != 2)
        return 1;
    root = arguments[1];
    for (std::size_t place = 0; place < std::size(key_rows); ++place) {
        const Context context(providers[aes_provider]);
        write_blobs(context, place);
        write_ciphertexts(context, static_cast<BYTE>(place));
    }
    for (const BYTE place : {2, 5, 9, 12}) // RC4, RC2, AES, RSA
        write_params(place);
}
