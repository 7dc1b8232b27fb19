// SPDX-License-Identifier: BSD-2-Clause
// The parameters of key derivation as vectors name them.
#pragma once

#include "api/bcrypt/kdf_fixtures.h"
#include "support/vectors.h"

namespace capishim_test {

inline std::wstring widened(const std::string& text)
{
    return {text.begin(), text.end()};
}

/// Every parameter that a vector has; PREPEND and APPEND as one value each.
inline std::vector<Parameter> parameters_of(const Vector& vector)
{
    static const struct {
        const char* name;
        ULONG type;
    } types[] = {
        {"prepend", KDF_SECRET_PREPEND},
        {"append", KDF_SECRET_APPEND},
        {"hmac_key", KDF_HMAC_KEY},
        {"tls_label", KDF_TLS_PRF_LABEL},
        {"tls_seed", KDF_TLS_PRF_SEED},
        {"algorithm_id", KDF_ALGORITHMID},
        {"party_u", KDF_PARTYUINFO},
        {"party_v", KDF_PARTYVINFO},
        {"supp_pub", KDF_SUPPPUBINFO},
        {"supp_priv", KDF_SUPPPRIVINFO},
        {"label", KDF_LABEL},
        {"context", KDF_CONTEXT},
        {"salt", KDF_SALT},
        {"generic", KDF_GENERIC_PARAMETER},
        {"info", KDF_HKDF_INFO},
    };
    std::vector<Parameter> parameters;
    if (vector.has("hash"))
        parameters.push_back(hash_parameter(widened(vector.text("hash")).c_str()));
    for (const auto& row : types)
        if (vector.has(row.name))
            parameters.push_back({row.type, vector.bytes(row.name)});
    if (vector.has("iterations"))
        parameters.push_back(
            number_parameter(KDF_ITERATION_COUNT, ULONGLONG{vector.number("iterations")}));
    if (vector.has("key_bits"))
        parameters.push_back(
            number_parameter(KDF_KEYBITLENGTH, static_cast<ULONG>(vector.number("key_bits"))));
    if (vector.has("tls_protocol"))
        parameters.push_back(number_parameter(KDF_TLS_PRF_PROTOCOL,
                                              static_cast<ULONG>(vector.number("tls_protocol"))));
    return parameters;
}

/// HKDF's first phase, where the vector has one; without a salt the secret is the key.
inline void lead_through_hkdf(BCRYPT_HANDLE object, const Vector& vector)
{
    if (!vector.has("hkdf_hash"))
        return;
    REQUIRE_STATUS(
        set_text(object, BCRYPT_HKDF_HASH_ALGORITHM, widened(vector.text("hkdf_hash")).c_str()),
        STATUS_SUCCESS);
    const bool salted = vector.has("hkdf_salt");
    REQUIRE_STATUS(set_bytes(object,
                             salted ? BCRYPT_HKDF_SALT_AND_FINALIZE : BCRYPT_HKDF_PRK_AND_FINALIZE,
                             salted ? vector.bytes("hkdf_salt") : ByteVector()),
                   STATUS_SUCCESS);
}

} // namespace capishim_test
