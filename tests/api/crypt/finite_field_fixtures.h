// SPDX-License-Identifier: BSD-2-Clause
// What the tests of the DSS and Diffie-Hellman providers start from: published keys and groups, and
// the blobs that carry them (cryptoapi.md 4.5 to 4.8, 12.8, 12.11). Numbers are little-endian.
#pragma once

#include "crypt_fixtures.h"

namespace capishim_test {

using Algorithms = std::initializer_list<ALG_ID>;

constexpr DWORD key_bits(DWORD count)
{
    return count << 16;
}

/// A number that standards print: big-endian.
inline ByteVector printed(const std::string& hex)
{
    return reversed(from_hex(hex));
}

/// `number` in `size` bytes.
inline ByteVector widened(ByteVector number, std::size_t size)
{
    number.resize(size);
    return number;
}

/// The example of FIPS 186 (cryptoapi.md 12.8).
struct FipsExample {
    ByteVector p = printed("8df2a494492276aa3d25759bb06869cbeac0d83afb8d0cf7cbb8324f0d7882e5"
                           "d0762fc5b7210eafc2e9adac32ab7aac49693dfbf83724c2ec0736ee31c80291");
    ByteVector q = printed("c773218c737ec8ee993b4f2ded30f48edace915f");
    ByteVector g = printed("626d027839ea0a13413163a55b4cb500299d5522956cefcb3bff10f399ce2c2e"
                           "71cb9de5fa24babf58e5b79521925c9cc42e9f6f464b088cc572af53e6d78802");
    ByteVector x = printed("2070b3223dba372fde1c0ffc7b2e3b498b260614");
    ByteVector y = printed("19131871d75b1612a819f29d78d1b0d7346f7aa77bb62a859bfd6c5675da9d21"
                           "2d3a36ef1672ef660b8c7c255cc0ec74858fba33f44c06699630a76b030ee333");
    ByteVector seed = printed("d5014e4b60ef2ba8b6211b4062ba3224e0427dd3");
    DWORD counter = 105;

    ByteVector dss_seed() const { return concatenated({little_endian(counter), seed}); }
    ByteVector group() const { return concatenated({p, q, g}); }

    ByteVector public_blob() const
    {
        return concatenated({blob_header(PUBLICKEYBLOB, CALG_DSS_SIGN), bytes_of("DSS1"),
                             little_endian(512), group(), y, dss_seed()});
    }
    ByteVector private_blob() const
    {
        return concatenated({blob_header(PRIVATEKEYBLOB, CALG_DSS_SIGN), bytes_of("DSS2"),
                             little_endian(512), group(), x, dss_seed()});
    }
};

inline ByteVector blob_header_3(BYTE type, ALG_ID algorithm)
{
    return concatenated({{type, 3, 0, 0}, little_endian(algorithm)});
}

/// RFC 2409 6.2, the second Oakley group, and the pairs of cryptoapi.md 12.11.
struct OakleyExample {
    ByteVector p = printed("ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74"
                           "020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437"
                           "4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed"
                           "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff");
    ByteVector g = widened({2}, 128);
    ByteVector xa = reversed(one_to_128()); // 01..80, big-endian
    ByteVector xb = one_to_128();           // 80..01

    static ByteVector one_to_128()
    {
        ByteVector bytes(128);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<BYTE>(i + 1);
        return bytes;
    }

    /// Version 2: "\0DH2", P, G and X.
    ByteVector private_blob(const ByteVector& x, ALG_ID algorithm = CALG_DH_SF) const
    {
        return concatenated({blob_header(PRIVATEKEYBLOB, algorithm),
                             {0, 'D', 'H', '2'},
                             little_endian(1024),
                             p,
                             g,
                             x});
    }
};

/// KP_P, KP_Q, KP_G: a CRYPT_INTEGER_BLOB; KP_PUB_PARAMS: a CRYPT_DATA_BLOB.
inline BOOL set_number(HCRYPTKEY key, DWORD param, ByteVector number)
{
    CRYPT_INTEGER_BLOB blob = {size_of(number), number.data()};
    return CryptSetKeyParam(key, param, reinterpret_cast<const BYTE*>(&blob), 0);
}

inline HCRYPTKEY generated(HCRYPTPROV provider, ALG_ID algorithm, DWORD flags)
{
    HCRYPTKEY key = 0;
    REQUIRE_SUCCEEDS(CryptGenKey(provider, algorithm, flags, &key));
    return key;
}

/// A pair in this group, made step by step.
inline HCRYPTKEY pair_in_group(HCRYPTPROV provider, const ByteVector& p, const ByteVector& g,
                               ALG_ID algorithm = CALG_DH_EPHEM, DWORD flags = CRYPT_EXPORTABLE)
{
    const DWORD length = key_bits(8 * size_of(p));
    const HCRYPTKEY pair = generated(provider, algorithm, length | CRYPT_PREGEN | flags);
    REQUIRE_SUCCEEDS(set_number(pair, KP_P, p));
    REQUIRE_SUCCEEDS(set_number(pair, KP_G, g));
    REQUIRE_SUCCEEDS(CryptSetKeyParam(pair, KP_X, nullptr, 0));
    return pair;
}

/// CALG_AGREEDKEY_ANY of one's own pair and somebody's public blob.
inline HCRYPTKEY agreed(HCRYPTPROV provider, HCRYPTKEY own, const ByteVector& theirs)
{
    return imported(provider, theirs, own, 0);
}

inline HCRYPTKEY agreed_as(ALG_ID algorithm, HCRYPTPROV provider, HCRYPTKEY own,
                           const ByteVector& theirs, DWORD flags = CRYPT_EXPORTABLE)
{
    const HCRYPTKEY key = agreed(provider, own, theirs);
    REQUIRE_SUCCEEDS(set_key_number(key, KP_ALGID, algorithm, flags));
    return key;
}

inline ByteVector signature_of(HCRYPTHASH hash, DWORD key_spec = AT_SIGNATURE)
{
    DWORD size = 0;
    REQUIRE_SUCCEEDS(CryptSignHashA(hash, key_spec, nullptr, 0, nullptr, &size));
    ByteVector signature(size);
    REQUIRE_SUCCEEDS(CryptSignHashA(hash, key_spec, nullptr, 0, signature.data(), &size));
    signature.resize(size);
    return signature;
}

inline BOOL verify(HCRYPTHASH hash, const ByteVector& signature, HCRYPTKEY key, DWORD flags = 0)
{
    return CryptVerifySignatureA(hash, signature.data(), size_of(signature), key, nullptr, flags);
}

} // namespace capishim_test
