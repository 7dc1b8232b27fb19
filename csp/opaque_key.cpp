// SPDX-License-Identifier: BSD-2-Clause
#include "csp/opaque_key.h"

#include "csp/saved_bytes.h"
#include "csp/user_seal.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::uint32_t magic = 0x4D485343; // "CSHM"
constexpr std::uint32_t version = 1;
constexpr std::size_t readable_size = blob_header_size + 8;

/// "Importable only in the same CSP": what one provider sealed opens in no other. The two names of
/// type 24 are one provider's (U-68).
std::string purpose_of(const Profile& profile)
{
    const bool aes = profile.type == PROV_RSA_AES;
    return "opaque key blob of " + std::string(aes ? MS_ENH_RSA_AES_PROV_A : profile.name);
}

/// One overload a kind of key.
struct Save {
    LittleEndianWriter<SecureBytes>& out;

    void operator()(const MacKey& key) const { write_sized(out, key.secret); }
    void operator()(const PairKey&) const { throw Error(Fault::internal); }
    void operator()(const auto& key) const { key.save(out); }
};

KeyBody load(const Profile& profile, std::uint32_t algorithm_id, LittleEndianReader& saved)
{
    if (const MasterRow* const master = find_master(profile, algorithm_id))
        return MasterKey(*master, saved);
    if (algorithm_id == CALG_SCHANNEL_MAC_KEY)
        return MacKey{read_sized(saved)};
    return SessionKey(*find_cipher(algorithm_id), saved);
}

/// Before the seal is looked at, which costs more.
void check_algorithm(const Profile& profile, std::uint32_t algorithm_id)
{
    const bool of_handshake =
        find_master(profile, algorithm_id) != nullptr || algorithm_id == CALG_SCHANNEL_MAC_KEY;
    require(of_handshake || find_cipher(algorithm_id) != nullptr, Fault::bad_algorithm);
    require(profile.has_key_of(algorithm_id), Fault::bad_algorithm);
}

} // namespace

SecureBytes write_opaque_key(const Profile& profile, std::uint32_t algorithm_id,
                             const OpaqueKey& key)
{
    SecureBytes state;
    LittleEndianWriter saved(state);
    saved.u32(key.permissions);
    std::visit(Save{saved}, key.body);

    SecureBytes blob;
    LittleEndianWriter writer(blob);
    const BlobHeader header{OPAQUEKEYBLOB, CUR_BLOB_VERSION, 0, algorithm_id};
    walk(writer, header);
    writer.u32(magic);
    writer.u32(version);
    const Bytes sealed = seal_for_user(purpose_of(profile), blob, state);
    writer.bytes(sealed);
    return blob;
}

OpaqueKey read_opaque_key(const Profile& profile, std::uint32_t algorithm_id, ByteView blob)
{
    check_algorithm(profile, algorithm_id);
    LittleEndianReader reader(blob);
    read_blob_header(reader);
    require(reader.u32() == magic && reader.u32() == version, Fault::bad_data);
    const SecureBytes state = unseal_for_user(purpose_of(profile), blob.first(readable_size),
                                              blob.subspan(readable_size));
    LittleEndianReader saved(state);
    const std::uint32_t permissions = saved.u32();
    OpaqueKey key{load(profile, algorithm_id, saved), permissions};
    require(saved.remaining() == 0, Fault::bad_data);
    return key;
}

} // namespace capishim::csp
