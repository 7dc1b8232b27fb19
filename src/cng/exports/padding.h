// SPDX-License-Identifier: BSD-2-Clause
// pPaddingInfo, read as the key's family and the flags say.
#pragma once

#include "cng/exports/text.h"
#include "cng/key.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

namespace capishim::cng {

/// The hash named in a padding structure; null names none.
/// @throws Fault::not_supported   no hash of ours (N-165)
template <class Unit>
std::optional<engine::HashId> hash_named(const void* name)
{
    if (!name)
        return std::nullopt;
    const Algorithm* const algorithm = find_algorithm(Name(units<Unit>(name)));
    require(algorithm && algorithm->family == Family::hash, Fault::not_supported);
    return algorithm->hash;
}

/// For BCryptEncrypt and BCryptDecrypt: a structure is read for OAEP only.
template <class Unit>
Padding cipher_padding(const KeyObject& key, const void* info, std::uint32_t flags)
{
    Padding padding;
    padding.given = info != nullptr;
    if (!info || key.algorithm().family != Family::rsa || (flags & BCRYPT_PAD_OAEP) == 0)
        return padding;
    const auto& oaep = *static_cast<const BCRYPT_OAEP_PADDING_INFO*>(info);
    padding.hash = hash_named<Unit>(oaep.pszAlgId);
    require(oaep.pbLabel || oaep.cbLabel == 0, Fault::invalid_parameter);
    padding.label = view(oaep.pbLabel, oaep.cbLabel);
    return padding;
}

/// For BCryptSignHash and BCryptVerifySignature.
template <class Unit>
Padding signature_padding(const KeyObject& key, const void* info, std::uint32_t flags)
{
    Padding padding;
    padding.given = info != nullptr;
    if (!info || key.algorithm().family != Family::rsa)
        return padding;
    if (flags & BCRYPT_PAD_PSS) {
        const auto& pss = *static_cast<const BCRYPT_PSS_PADDING_INFO*>(info);
        padding.hash = hash_named<Unit>(pss.pszAlgId);
        padding.salt_size = pss.cbSalt;
    } else if (flags & BCRYPT_PAD_PKCS1) {
        const auto& pkcs1 = *static_cast<const BCRYPT_PKCS1_PADDING_INFO*>(info);
        padding.hash = hash_named<Unit>(pkcs1.pszAlgId);
    }
    return padding;
}

} // namespace capishim::cng
