// SPDX-License-Identifier: BSD-2-Clause
// The same few services through both interfaces, so that one vector asks them both. Algorithms and
// modes go by the names of the vector files; numbers of RSA are big-endian, as the standards print
// them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace capishim_test {

using FaceBytes = std::vector<std::uint8_t>;

struct CipherSetup {
    std::string algorithm; // AES, DES, 3DES, 3DES_112, RC2, RC4
    std::string mode;      // CBC, ECB, CFB8; empty for RC4
    FaceBytes key, iv;
    std::uint32_t effective_bits = 0; // of RC2; 0: the key's
};

class Face {
  public:
    virtual ~Face() = default;
    virtual const char* name() const = 0;
    virtual FaceBytes hash(const std::string& algorithm, const FaceBytes& data) const = 0;
    virtual FaceBytes hmac(const std::string& algorithm, const FaceBytes& key,
                           const FaceBytes& data) const = 0;
    /// Whole blocks without padding, or with it any length.
    virtual FaceBytes encrypt(const CipherSetup& setup, FaceBytes data, bool padded) const = 0;
    virtual FaceBytes decrypt(const CipherSetup& setup, FaceBytes data, bool padded) const = 0;
    /// The key of CryptDeriveKey for AES with that many bytes.
    virtual FaceBytes derived_aes_key(const std::string& hash, const FaceBytes& password,
                                      std::size_t size) const = 0;
    /// PKCS #1 v1.5 over the hash of `data` with a PRIVATEKEYBLOB.
    virtual FaceBytes sign(const FaceBytes& private_blob, const std::string& hash,
                           const FaceBytes& data) const = 0;
    virtual FaceBytes rsa_decrypt(const FaceBytes& private_blob, bool oaep,
                                  const FaceBytes& ciphertext) const = 0;
};

const Face& crypt_face();
const Face& bcrypt_face();
inline const Face* const faces[2] = {&crypt_face(), &bcrypt_face()};

} // namespace capishim_test
