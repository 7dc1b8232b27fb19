// SPDX-License-Identifier: BSD-2-Clause
// CryptSignHash and CryptVerifySignature: cryptoapi.md 7.4. What is particular to an algorithm is
// its pair's affair.
#include "csp/context.h"
#include "csp/hash_state.h"
#include "csp/key.h"
#include "csp/pairs.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::uint32_t signature_flags = CRYPT_NOHASHOID | CRYPT_TYPE2_FORMAT | CRYPT_X931_FORMAT;

/// What is asked of a signature whatever the key.
void check_signature_arguments(const Profile& profile, const HashRow& hash, std::uint32_t flags)
{
    require((flags & ~signature_flags) == 0, Fault::bad_flags);
    const bool dss = profile.find(CALG_DSS_SIGN) != nullptr;
    require(!dss || (flags & CRYPT_X931_FORMAT) == 0, Fault::bad_flags); // a padding of RSA's
    const bool x931 = (flags & CRYPT_X931_FORMAT) != 0;
    require(!x931 || (flags & CRYPT_NOHASHOID) == 0, Fault::bad_flags); // U-151
    require(!hash.keyed(), Fault::bad_algorithm);                       // U-58
    require(!x931 || hash.x931_id != 0, Fault::bad_algorithm);          // U-150
}

SecureBytes utf16le(const std::u16string& text)
{
    SecureBytes bytes;
    LittleEndianWriter writer(bytes);
    for (const char16_t unit : text)
        writer.u16(unit);
    return bytes;
}

/// AT_SIGNATURE, AT_KEYEXCHANGE, or DSS's ALG_ID (7.4.2). @throws Fault::bad_algorithm
KeySpec signing_spec(const Profile& profile, const HashRow& hash, std::uint32_t key_spec)
{
    if (profile.find(CALG_DSS_SIGN) == nullptr) {
        require(key_spec == AT_SIGNATURE || key_spec == AT_KEYEXCHANGE, Fault::bad_algorithm);
        return static_cast<KeySpec>(key_spec);
    }
    require(key_spec == AT_SIGNATURE || key_spec == CALG_DSS_SIGN, Fault::bad_algorithm);
    require(hash.id == CALG_SHA1, Fault::bad_algorithm); // MD5 is for hashing only
    return KeySpec::signature;
}

} // namespace

/// 7.4.4: the description joins the data; U-153: which a finished hash can't take.
SecureBytes Hash::described_value(const std::optional<std::u16string>& description)
{
    if (description && !description->empty()) {
        require(algorithm_->kind == HashKind::plain, Fault::bad_hash_state);
        hash_data(utf16le(*description), 0);
    }
    return value();
}

void Hash::sign(std::uint32_t key_spec, const std::optional<std::u16string>& description,
                std::uint32_t flags, OutBuffer& out)
{
    check_signature_arguments(context_->profile(), *algorithm_, flags);
    const ContainerPair pair =
        require_private_pair(*context_, signing_spec(context_->profile(), *algorithm_, key_spec));
    const PairNumbers& numbers = *pair.numbers;
    if (!out.offer(numbers.signature_size()))
        return;                                                   // U-154
    require(numbers.fits(*algorithm_, flags), Fault::bad_length); // U-59
    out.write(numbers.sign(*algorithm_, described_value(description), flags));
}

void Hash::verify(ByteView signature, Key& public_key,
                  const std::optional<std::u16string>& description, std::uint32_t flags)
{
    require(signature.data() != nullptr, Fault::invalid_parameter);
    check_signature_arguments(context_->profile(), *algorithm_, flags);
    public_key.require_complete();
    const PairKey* const pair = public_key.pair();
    require(pair != nullptr && same_provider(*context_, public_key.context()), Fault::bad_key);
    public_key.require_container();
    require(signature.size() == pair->numbers->signature_size(), Fault::bad_signature); // U-61
    const SecureBytes value = described_value(description);
    require(pair->numbers->verify(*algorithm_, value, signature, flags), Fault::bad_signature);
}

} // namespace capishim::csp
