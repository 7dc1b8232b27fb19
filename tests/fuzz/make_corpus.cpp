// SPDX-License-Identifier: BSD-2-Clause
// Writes inputs that the fuzz targets start from: blobs of valid keys, whole messages, complete
// lists of parameters. usage: make_corpus FOLDER
// The keys are new each time, so it is run only when a target's form or the algorithms change.
#include "decrypt_fuzz.h"
#include "derive_key_fuzz.h"
#include "import_key_fuzz.h"
#include "import_key_pair_fuzz.h"

#include <cwchar>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

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

std::string narrow(const WCHAR* text)
{
    std::string narrowed;
    for (; *text; ++text)
        narrowed += *text == L' ' ? '_' : static_cast<char>(*text);
    return narrowed;
}

Bytes joined(Bytes head, const Bytes& tail)
{
    head.insert(head.end(), tail.begin(), tail.end());
    return head;
}

Bytes counting(std::size_t size)
{
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<UCHAR>(i + 1);
    return bytes;
}

void set_text(BCRYPT_HANDLE object, LPCWSTR name, LPCWSTR value)
{
    BCryptSetProperty(object, name, reinterpret_cast<PUCHAR>(const_cast<LPWSTR>(value)),
                      static_cast<ULONG>((std::wcslen(value) + 1) * sizeof(WCHAR)), 0);
}

// ---- import_key --------------------------------------------------------------------------------

void write_symmetric(UCHAR algorithm_row)
{
    const LPCWSTR id = symmetric_algorithms[algorithm_row];
    Algorithm algorithm;
    if (!open(algorithm, id))
        return;
    for (const ULONG size : {16, 24, 32, 64, 8}) {
        Key key;
        if (BCryptGenerateSymmetricKey(algorithm, &key.value, nullptr, 0, data_of(counting(size)),
                                       size, 0) != STATUS_SUCCESS)
            continue;
        for (UCHAR blob_row = 0; blob_row < std::size(symmetric_blobs); ++blob_row) {
            const Bytes blob = exported(key, symmetric_blobs[blob_row]);
            if (!blob.empty())
                write("import_key", narrow(id) + "-" + narrow(symmetric_blobs[blob_row]),
                      joined({algorithm_row, blob_row, 2}, blob));
        }
        UCHAR wrapped[100];
        ULONG wrapped_size = 0; // by the target's own wrapping key
        Algorithm aes;
        Key wrapping;
        UCHAR secret[16] = {1};
        open(aes, BCRYPT_AES_ALGORITHM);
        BCryptGenerateSymmetricKey(aes, &wrapping.value, nullptr, 0, secret, sizeof secret, 0);
        if (BCryptExportKey(key, wrapping, BCRYPT_AES_WRAP_KEY_BLOB, wrapped, sizeof wrapped,
                            &wrapped_size, 0) == STATUS_SUCCESS)
            write("import_key", narrow(id) + "-wrapped",
                  joined({algorithm_row, 2, 1}, {wrapped, wrapped + wrapped_size}));
        return;
    }
}

// ---- import_key_pair ---------------------------------------------------------------------------

/// The smallest keys of each kind.
struct PairRow {
    LPCWSTR algorithm;
    ULONG bits;
    UCHAR curve = 0;                 // in `curves`
    LPCWSTR parameter_set = nullptr; // of the post-quantum ones
};

const PairRow pair_rows[] = {
    {BCRYPT_RSA_ALGORITHM, 512},
    {BCRYPT_RSA_SIGN_ALGORITHM, 512},
    {BCRYPT_DH_ALGORITHM, 512},
    {BCRYPT_DSA_ALGORITHM, 512},
    {BCRYPT_DSA_ALGORITHM, 1088},
    {BCRYPT_ECDH_P256_ALGORITHM, 256},
    {BCRYPT_ECDH_P384_ALGORITHM, 384},
    {BCRYPT_ECDH_P521_ALGORITHM, 521},
    {BCRYPT_ECDSA_P256_ALGORITHM, 256},
    {BCRYPT_ECDSA_P384_ALGORITHM, 384},
    {BCRYPT_ECDSA_P521_ALGORITHM, 521},
    {BCRYPT_ECDH_ALGORITHM, 0, 1},
    {BCRYPT_ECDH_ALGORITHM, 0, 4},
    {BCRYPT_ECDSA_ALGORITHM, 0, 2},
    {BCRYPT_ECDSA_ALGORITHM, 0, 5},
    {BCRYPT_MLKEM_ALGORITHM, 0, 0, BCRYPT_MLKEM_PARAMETER_SET_512},
    {BCRYPT_MLDSA_ALGORITHM, 0, 0, BCRYPT_MLDSA_PARAMETER_SET_44},
};

UCHAR row_of(LPCWSTR algorithm)
{
    UCHAR row = 0;
    while (std::wcscmp(pair_algorithms[row], algorithm) != 0)
        ++row;
    return row;
}

void write_pair(const PairRow& row)
{
    Algorithm algorithm;
    Key key;
    if (!open(algorithm, row.algorithm))
        return;
    if (row.curve != 0)
        set_text(algorithm, BCRYPT_ECC_CURVE_NAME, curves[row.curve]);
    if (BCryptGenerateKeyPair(algorithm, &key.value, row.bits, 0) != STATUS_SUCCESS)
        return;
    if (row.parameter_set)
        set_text(key, BCRYPT_PARAMETER_SET_NAME, row.parameter_set);
    if (BCryptFinalizeKeyPair(key, 0) != STATUS_SUCCESS)
        return;
    const UCHAR options = static_cast<UCHAR>(row.curve << curve_shift);
    for (UCHAR blob_row = 0; blob_row < std::size(pair_blobs); ++blob_row) {
        const Bytes blob = exported(key, pair_blobs[blob_row]);
        if (!blob.empty())
            write("import_key_pair",
                  narrow(row.algorithm) + "-" + std::to_string(row.bits) + "-" +
                      std::to_string(row.curve) + "-" + narrow(pair_blobs[blob_row]),
                  joined({row_of(row.algorithm), blob_row, options}, blob));
    }
}

// ---- decrypt -----------------------------------------------------------------------------------

/// Whole blocks, twelve bytes of nonce or a block of IV, a tag of sixteen bytes.
void write_messages(UCHAR cipher_row)
{
    const CipherRow& row = cipher_rows[cipher_row];
    const std::string name = narrow(row.algorithm) + (row.mode ? narrow(row.mode).substr(12) : "") +
                             std::to_string(row.key_size) + "-" + std::to_string(row.message_block);
    const bool des = row.key_size != 0 && std::wcsstr(row.algorithm, L"DES");
    const bool rc2 = std::wcscmp(row.algorithm, BCRYPT_RC2_ALGORITHM) == 0;
    const UCHAR iv_size = des || rc2 ? 8 : 16;
    const struct {
        const char* name;
        UCHAR options, iv, data, tag, text;
    } forms[] = {
        {"plain", 0, 0, 0, 0, 64},
        {"iv", give_iv, iv_size, 0, 0, 64},
        {"pad", give_iv | pad, iv_size, 0, 0, 64},
        {"info", give_info, 12, 5, 16, 64},
        {"chain", give_info | give_iv | chain_calls | give_mac_context, 12, 5, 16, 64},
        {"trip", round_trip | give_iv, iv_size, 0, 0, 64},
        {"trip-pad", round_trip | give_iv | pad, iv_size, 0, 0, 11},
        {"trip-info", round_trip | give_info, 12, 5, 16, 37},
    };
    for (const auto& form : forms) {
        const Bytes head = {cipher_row, form.options, form.iv, form.data, form.tag};
        const std::size_t size = std::size_t{form.iv} + form.data + form.tag + form.text;
        write("decrypt", name + "-" + form.name, joined(head, counting(size)));
    }
}

// ---- derive_key --------------------------------------------------------------------------------

void write_derivation(UCHAR derive_row)
{
    const DeriveRow& row = derive_rows[derive_row];
    const std::string name = std::to_string(row.way) + (row.name ? narrow(row.name) : "");
    constexpr UCHAR sha256_row = 4;
    constexpr UCHAR specific[] = {KDF_SECRET_PREPEND, KDF_TLS_PRF_LABEL, KDF_ALGORITHMID,
                                  KDF_PARTYUINFO,     KDF_PARTYVINFO,    KDF_LABEL,
                                  KDF_CONTEXT,        KDF_SALT,          KDF_HKDF_INFO};
    const Bytes hash = {KDF_HASH_ALGORITHM, a_hash, sha256_row};
    const Bytes count = {KDF_ITERATION_COUNT, 8, 3, 0, 0, 0, 0, 0, 0, 0};
    const Bytes seed = joined({KDF_TLS_PRF_SEED, 64}, counting(64));
    for (const UCHAR options : {UCHAR{0}, UCHAR{set_hash | set_salt}, UCHAR{set_hash | set_prk}}) {
        Bytes input = joined({derive_row, sha256_row, options, 16, 32}, counting(32));
        input = joined(joined(joined(input, hash), count), seed);
        for (const UCHAR type : specific)
            input = joined(input, {type, 3, 1, 2, 3});
        write("derive_key", name + "-" + std::to_string(options), input);
    }
    const Bytes start = joined({derive_row, sha256_row, 1, 10, 20}, counting(20));
    write("derive_key", name + "-generic",
          joined(joined(start, hash), {KDF_GENERIC_PARAMETER, 4, 1, 2, 3, 4}));
    write("derive_key", name + "-null", joined(joined(start, hash), {KDF_LABEL, null_with_size}));
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 2)
        return 2;
    root = arguments[1];
    for (UCHAR i = 0; i < std::size(symmetric_algorithms); ++i)
        write_symmetric(i);
    for (const PairRow& row : pair_rows)
        write_pair(row);
    for (UCHAR i = 0; i < std::size(cipher_rows); ++i)
        write_messages(i);
    for (UCHAR i = 0; i < std::size(derive_rows); ++i)
        write_derivation(i);
    return 0;
}
