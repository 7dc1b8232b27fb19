// SPDX-License-Identifier: BSD-2-Clause
#include "cng/rsa_pair.h"

#include "cng/blob_type.h"
#include "cng/rsa_blobs.h"

#include <capishim/bcrypt.h>
#include <capishim/wincrypt.h>
#include <capishim/windows.h>

#include <array>

namespace capishim::cng {
namespace {

using engine::HashId;
using engine::RsaKey;
using RsaPointer = std::shared_ptr<const RsaKey>;

// ---- Paddings ----------------------------------------------------------------------------------

/// One padding of BCryptEncrypt and BCryptDecrypt (cng.md 6.3).
struct CipherPadding {
    std::uint32_t flag;
    bool needs_hash;
    void (*check_input)(const RsaKey&, const CipherCall&); // before the output's size is judged
    Bytes (*encrypt)(const RsaKey&, const CipherCall&);
    SecureBytes (*decrypt)(const RsaKey&, const CipherCall&);
};

void check_block(const RsaKey& key, const CipherCall& call)
{
    require(call.input.size() >= key.size(), Fault::invalid_parameter); // observed.md part 2 E
    require(call.input.size() == key.size(), Fault::bad_block_length);  // N-166
}

void check_pkcs1(const RsaKey& key, const CipherCall& call)
{
    require(call.input.size() + 11 <= key.size(), Fault::invalid_parameter); // N-164
}

void check_oaep(const RsaKey& key, const CipherCall& call)
{
    const std::size_t overhead = 2 * engine::hash_size(*call.padding.hash) + 2;
    require(call.input.size() + overhead <= key.size(), Fault::invalid_parameter); // N-164
}

constexpr std::array cipher_paddings = {
    CipherPadding{
        BCRYPT_PAD_NONE, false, check_block,
        [](const RsaKey& key, const CipherCall& call) { return key.public_operation(call.input); },
        [](const RsaKey& key, const CipherCall& call) {
            return key.private_operation(call.input);
        }},
    CipherPadding{
        BCRYPT_PAD_PKCS1, false, check_pkcs1,
        [](const RsaKey& key, const CipherCall& call) { return key.encrypt_pkcs1(call.input); },
        [](const RsaKey& key, const CipherCall& call) { return key.decrypt_pkcs1(call.input); }},
    CipherPadding{BCRYPT_PAD_OAEP, true, check_oaep,
                  [](const RsaKey& key, const CipherCall& call) {
                      return key.encrypt_oaep(call.input, *call.padding.hash, call.padding.label);
                  },
                  [](const RsaKey& key, const CipherCall& call) {
                      return key.decrypt_oaep(call.input, *call.padding.hash, call.padding.label);
                  }},
};

const CipherPadding& cipher_padding(const CipherCall& call)
{
    const std::uint32_t flag = call.flags & ~std::uint32_t{BCRYPT_BUFFERS_LOCKED_FLAG};
    const auto* const found = std::ranges::find(cipher_paddings, flag, &CipherPadding::flag);
    require(found != cipher_paddings.end(), Fault::invalid_parameter); // N-167
    require(!found->needs_hash || (call.padding.given && call.padding.hash),
            Fault::invalid_parameter);
    return *found;
}

void require_encryption(const Algorithm& algorithm)
{
    require(algorithm.interface == Interface::asymmetric_encryption, Fault::not_supported);
}

bool is_pss(std::uint32_t flags)
{
    return flags == BCRYPT_PAD_PSS;
}

/// @throws Fault::invalid_parameter   another flag (N-174), or no structure
void check_signature_arguments(const Padding& padding, std::uint32_t flags,
                               std::uint32_t optional_flags)
{
    require(is_pss(flags) || (flags & ~optional_flags) == BCRYPT_PAD_PKCS1,
            Fault::invalid_parameter);
    require(padding.given && (padding.hash || !is_pss(flags)), Fault::invalid_parameter);
}

/// DigestInfo || hash, or the hash bare when no algorithm is named.
Bytes encoded_hash(const std::optional<HashId>& id, ByteView hash)
{
    Bytes encoded;
    if (id) {
        const ByteView prefix = engine::digest_info_prefix(*id);
        encoded.assign(prefix.begin(), prefix.end());
    }
    encoded.insert(encoded.end(), hash.begin(), hash.end());
    return encoded;
}

void check_hash_size(const Padding& padding, ByteView hash)
{
    require(!padding.hash || hash.size() == engine::hash_size(*padding.hash),
            Fault::invalid_parameter); // N-170
}

/// N-172: emLen goes by the modulus' bits less one.
void check_salt_size(const RsaKey& key, const Padding& padding)
{
    const std::uint64_t room = (key.bits() + 6) / 8;
    require(engine::hash_size(*padding.hash) + std::uint64_t{padding.salt_size} + 2 <= room,
            Fault::invalid_parameter);
}

bool verify_pkcs1(const RsaKey& key, ByteView hash, ByteView signature, const Padding& padding,
                  std::uint32_t flags)
{
    if (key.verify_pkcs1(encoded_hash(padding.hash, hash), signature))
        return true;
    const bool oid_is_optional = (flags & BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID) != 0;
    return oid_is_optional && key.verify_pkcs1(encoded_hash(std::nullopt, hash), signature);
}

// ---- Blobs (cng.md 5.2, 5.8, 5.10) --------------------------------------------------------------

SecureBytes write_legacy_public(const RsaKey& key)
{
    return write_capi_rsa_blob(key, RsaPart::public_part, CALG_RSA_KEYX); // N-157
}

SecureBytes write_legacy_private(const RsaKey& key)
{
    return write_capi_rsa_blob(key, RsaPart::private_part, CALG_RSA_KEYX);
}

template <CngRsaBlob kind>
SecureBytes write_cng(const RsaKey& key)
{
    return write_cng_rsa_blob(key, kind);
}

template <CngRsaBlob kind>
RsaPointer read_cng(ByteView blob)
{
    return read_cng_rsa_blob(blob, kind);
}

/// PRIVATEBLOB: the magic tells which.
RsaPointer read_any_private(ByteView blob)
{
    const CngRsaBlob kind = cng_rsa_blob_kind(blob);
    require(kind == CngRsaBlob::private_key || kind == CngRsaBlob::full_private_key,
            Fault::bad_data);
    return read_cng_rsa_blob(blob, kind);
}

/// Unlike CryptImportKey, CNG wants exactly the length that the header implies (cng.md 5).
template <std::uint8_t type>
RsaPointer read_legacy(ByteView blob)
{
    require(blob.size() >= capi_rsa_header_size, Fault::bad_blob_length);
    const CapiRsaHeader header = read_capi_rsa_header(blob);
    require(header.type == type, Fault::bad_data);
    require(header.algorithm_id == CALG_RSA_KEYX || header.algorithm_id == CALG_RSA_SIGN,
            Fault::bad_data);
    require(blob.size() == header.blob_size(), Fault::bad_blob_length);
    return read_capi_rsa_blob(blob).key;
}

struct BlobType {
    std::string_view name;
    SecureBytes (*write)(const RsaKey&);
    RsaPointer (*read)(ByteView);
};

constexpr std::array blob_types = {
    BlobType{"RSAPUBLICBLOB", write_cng<CngRsaBlob::public_key>, read_cng<CngRsaBlob::public_key>},
    BlobType{"RSAPRIVATEBLOB", write_cng<CngRsaBlob::private_key>,
             read_cng<CngRsaBlob::private_key>},
    BlobType{"RSAFULLPRIVATEBLOB", write_cng<CngRsaBlob::full_private_key>,
             read_cng<CngRsaBlob::full_private_key>},
    BlobType{"PUBLICBLOB", write_cng<CngRsaBlob::public_key>, read_cng<CngRsaBlob::public_key>},
    BlobType{"PRIVATEBLOB", write_cng<CngRsaBlob::private_key>, read_any_private}, // N-159
    BlobType{"CAPIPUBLICBLOB", write_legacy_public, read_legacy<PUBLICKEYBLOB>},   // N-59
    BlobType{"CAPIPRIVATEBLOB", write_legacy_private, read_legacy<PRIVATEKEYBLOB>},
};

} // namespace

std::shared_ptr<RsaPair> RsaPair::import(const Algorithm& algorithm, std::string_view type,
                                         ByteView blob, Origin origin)
{
    return std::make_shared<RsaPair>(algorithm, blob_type_named(blob_types, type).read(blob),
                                     origin);
}

RsaPair::Numbers RsaPair::generate() const
{
    return RsaKey::generate(wanted_bits());
}

void RsaPair::encrypt(const CipherCall& call, OutBuffer& out)
{
    const Numbers key = ready();
    require_encryption(algorithm());
    require(call.input.data() != nullptr || call.input.empty() || out.is_size_query(),
            Fault::invalid_parameter);
    const CipherPadding& padding = cipher_padding(call);
    padding.check_input(*key, call);
    if (out.offer(key->size()))
        out.write(padding.encrypt(*key, call));
}

void RsaPair::decrypt(const CipherCall& call, OutBuffer& out)
{
    const Numbers key = ready();
    require_encryption(algorithm());
    require(call.input.data() != nullptr || call.input.empty(), Fault::invalid_parameter);
    const CipherPadding& padding = cipher_padding(call);
    require(key->has_private(), Fault::not_supported);                  // N-51
    require(call.input.size() == key->size(), Fault::bad_block_length); // N-168
    // observed.md part 2 E: even a size query takes the padding off
    out.write(padding.decrypt(*key, call));
}

void RsaPair::sign(ByteView hash, const Padding& padding, std::uint32_t flags, OutBuffer& out) const
{
    const Numbers key = ready();
    check_signature_arguments(padding, flags, 0);
    // observed.md part 2 D: a size query looks neither at the hash nor for the private part
    if (!out.offer(key->size()))
        return;
    require(key->has_private(), Fault::no_private_key);
    check_hash_size(padding, hash);
    out.write(is_pss(flags) ? key->sign_pss(hash, *padding.hash, padding.salt_size)
                            : key->sign_pkcs1(encoded_hash(padding.hash, hash)));
}

void RsaPair::verify(ByteView hash, ByteView signature, const Padding& padding,
                     std::uint32_t flags) const
{
    const Numbers key = ready();
    check_signature_arguments(padding, flags, BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID);
    check_hash_size(padding, hash);
    if (is_pss(flags))
        check_salt_size(*key, padding);
    require(signature.size() == key->size(), Fault::bad_signature); // N-61
    const bool matches = is_pss(flags)
                             ? key->verify_pss(hash, *padding.hash, padding.salt_size, signature)
                             : verify_pkcs1(*key, hash, signature, padding, flags);
    require(matches, Fault::bad_signature);
}

SecureBytes RsaPair::export_blob(std::string_view type) const
{
    const Numbers key = ready();
    return blob_type_named(blob_types, type).write(*key);
}

} // namespace capishim::cng
