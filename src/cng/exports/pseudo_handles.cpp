// SPDX-License-Identifier: BSD-2-Clause
// The pseudo-handles of the algorithms that this library has (cng.md 2.2); others are no handles.
#include "base/row.h"
#include "cng/exports/algorithm_ref.h"

#include <array>
#include <vector>

namespace capishim::cng {
namespace {

struct PseudoHandle {
    std::uintptr_t value;
    std::string_view algorithm;
    ChainingMode mode = ChainingMode::not_applicable;
    bool hmac = false;
};

constexpr PseudoHandle hmac(std::uintptr_t value, std::string_view algorithm)
{
    return {value, algorithm, ChainingMode::not_applicable, true};
}

constexpr std::array pseudo_handles = {
    PseudoHandle{0x001, "MD2"},
    PseudoHandle{0x011, "MD4"},
    PseudoHandle{0x021, "MD5"},
    PseudoHandle{0x031, "SHA1"},
    PseudoHandle{0x041, "SHA256"},
    PseudoHandle{0x051, "SHA384"},
    PseudoHandle{0x061, "SHA512"},
    PseudoHandle{0x071, "RC4"},
    PseudoHandle{0x081, "RNG"},
    hmac(0x091, "MD5"),
    hmac(0x0A1, "SHA1"),
    hmac(0x0B1, "SHA256"),
    hmac(0x0C1, "SHA384"),
    hmac(0x0D1, "SHA512"),
    PseudoHandle{0x0E1, "RSA"},
    PseudoHandle{0x0F1, "ECDSA"},
    PseudoHandle{0x101, "AES-CMAC"},
    PseudoHandle{0x111, "AES-GMAC"},
    hmac(0x121, "MD2"),
    hmac(0x131, "MD4"),
    PseudoHandle{0x141, "3DES", ChainingMode::cbc},
    PseudoHandle{0x151, "3DES", ChainingMode::ecb},
    PseudoHandle{0x161, "3DES", ChainingMode::cfb},
    PseudoHandle{0x171, "3DES_112", ChainingMode::cbc},
    PseudoHandle{0x181, "3DES_112", ChainingMode::ecb},
    PseudoHandle{0x191, "3DES_112", ChainingMode::cfb},
    PseudoHandle{0x1A1, "AES", ChainingMode::cbc},
    PseudoHandle{0x1B1, "AES", ChainingMode::ecb},
    PseudoHandle{0x1C1, "AES", ChainingMode::cfb},
    PseudoHandle{0x1D1, "AES", ChainingMode::ccm},
    PseudoHandle{0x1E1, "AES", ChainingMode::gcm},
    PseudoHandle{0x1F1, "DES", ChainingMode::cbc},
    PseudoHandle{0x201, "DES", ChainingMode::ecb},
    PseudoHandle{0x211, "DES", ChainingMode::cfb},
    PseudoHandle{0x221, "DESX", ChainingMode::cbc},
    PseudoHandle{0x231, "DESX", ChainingMode::ecb},
    PseudoHandle{0x241, "DESX", ChainingMode::cfb},
    PseudoHandle{0x251, "RC2", ChainingMode::cbc},
    PseudoHandle{0x261, "RC2", ChainingMode::ecb},
    PseudoHandle{0x271, "RC2", ChainingMode::cfb},
    PseudoHandle{0x281, "DH"},
    PseudoHandle{0x291, "ECDH"},
    PseudoHandle{0x2A1, "ECDH_P256"},
    PseudoHandle{0x2B1, "ECDH_P384"},
    PseudoHandle{0x2C1, "ECDH_P521"},
    PseudoHandle{0x2D1, "DSA"},
    PseudoHandle{0x2E1, "ECDSA_P256"},
    PseudoHandle{0x2F1, "ECDSA_P384"},
    PseudoHandle{0x301, "ECDSA_P521"},
    PseudoHandle{0x311, "RSA_SIGN"}, // observed.md part 2 A, by analogy
    PseudoHandle{0x321, "CAPI_KDF"},
    PseudoHandle{0x331, "PBKDF2"},
    PseudoHandle{0x341, "SP800_108_CTR_HMAC"},
    PseudoHandle{0x351, "SP800_56A_CONCAT"},
    PseudoHandle{0x361, "TLS1_1_KDF"},
    PseudoHandle{0x371, "TLS1_2_KDF"},
    PseudoHandle{0x381, "XTS-AES"},
    PseudoHandle{0x391, "HKDF"},
    PseudoHandle{0x3B1, "SHA3-256"},
    PseudoHandle{0x3C1, "SHA3-384"},
    PseudoHandle{0x3D1, "SHA3-512"},
    hmac(0x3E1, "SHA3-256"),
    hmac(0x3F1, "SHA3-384"),
    hmac(0x401, "SHA3-512"),
    PseudoHandle{0x411, "CSHAKE128"},
    PseudoHandle{0x421, "CSHAKE256"},
    PseudoHandle{0x431, "KMAC128"},
    PseudoHandle{0x441, "KMAC256"},
    PseudoHandle{0x471, "ML-DSA"},
    PseudoHandle{0x481, "ML-KEM"},
};
static_assert(sorted_by(pseudo_handles, &PseudoHandle::value));

std::vector<std::unique_ptr<const AlgorithmObject>> make_objects()
{
    std::vector<std::unique_ptr<const AlgorithmObject>> objects;
    for (const PseudoHandle& row : pseudo_handles) {
        AlgorithmObject::Traits traits;
        traits.hmac = row.hmac;
        traits.multi = true; // cng.md 2.2: no flag is needed
        const Algorithm* const algorithm = find_algorithm(row.algorithm); // null: not in this Botan
        objects.push_back(
            algorithm ? std::make_unique<const AlgorithmObject>(*algorithm, traits, row.mode)
                      : nullptr);
    }
    return objects;
}

} // namespace

const AlgorithmObject* pseudo_algorithm(std::uintptr_t value)
{
    if (value > pseudo_handles.back().value)
        return nullptr;
    const PseudoHandle* const row = find_row(pseudo_handles, &PseudoHandle::value, value);
    if (!row)
        return nullptr;
    static const auto& objects = *new auto(make_objects()); // kept: programs hash from destructors
    return objects[static_cast<std::size_t>(row - pseudo_handles.data())].get();
}

} // namespace capishim::cng
