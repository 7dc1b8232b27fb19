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

/// BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO where it lies (cng.md 4.6).
class AuthStructure final : public AuthSource {
  public:
    explicit AuthStructure(void* info)
        : info_(static_cast<BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO*>(info))
    {
    }

    AuthInfo read() const override
    {
        constexpr ULONG known_flags =
            BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG | BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG;
        require(info_->cbSize == sizeof *info_ &&
                    info_->dwInfoVersion == BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO_VERSION,
                Fault::invalid_parameter);
        require(info_->pbAuthData || info_->cbAuthData == 0, Fault::invalid_parameter);
        require((info_->dwFlags & ~known_flags) == 0, Fault::invalid_parameter);
        return {.nonce = bytes(info_->pbNonce, info_->cbNonce),
                .context = bytes(info_->pbAuthData, info_->cbAuthData),
                .tag = bytes(info_->pbTag, info_->cbTag),
                .mac_context = bytes(info_->pbMacContext, info_->cbMacContext),
                .context_size = info_->cbAAD,
                .text_size = info_->cbData,
                .more = (info_->dwFlags & BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG) != 0,
                .in_progress = (info_->dwFlags & BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG) != 0};
    }

    void store(const AuthInfo& info) const override
    {
        info_->cbAAD = info.context_size;
        info_->cbData = info.text_size;
        info_->dwFlags &= ~ULONG{BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG};
        if (info.in_progress)
            info_->dwFlags |= BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG;
    }

  private:
    /// Of a null pointer the size says nothing.
    static MutableBytes bytes(PUCHAR data, ULONG size) { return {data, data ? size : 0}; }

    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO* info_;
};

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

/// BCRYPT_PQDSA_PADDING_INFO (cng.md 6.14); any hash that it names is one of ours.
template <class Unit>
Padding pqdsa_padding(const BCRYPT_PQDSA_PADDING_INFO& info)
{
    constexpr ULONG longest_context = 255;
    require((info.pbCtx == nullptr) == (info.cbCtx == 0) && info.cbCtx <= longest_context,
            Fault::invalid_parameter);
    Padding padding;
    padding.given = true;
    padding.context = view(info.pbCtx, info.cbCtx);
    padding.prehash = hash_named<Unit>(info.pszPrehashAlgId).has_value();
    return padding;
}

/// For BCryptSignHash and BCryptVerifySignature.
template <class Unit>
Padding signature_padding(const KeyObject& key, const void* info, std::uint32_t flags)
{
    Padding padding;
    padding.given = info != nullptr;
    if (info && key.algorithm().family == Family::ml_dsa && flags == BCRYPT_PAD_PQDSA)
        return pqdsa_padding<Unit>(*static_cast<const BCRYPT_PQDSA_PADDING_INFO*>(info));
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
