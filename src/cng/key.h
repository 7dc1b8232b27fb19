// SPDX-License-Identifier: BSD-2-Clause
// What a BCRYPT_KEY_HANDLE names. The base answers "this key does not do that"; symmetric keys and
// the key pairs override what they do. Every member may be called from any thread.
#pragma once

#include "base/out_buffer.h"
#include "base/secure_bytes.h"
#include "cng/object_memory.h"
#include "cng/provider.h"
#include "engine/ml_kem.h"

#include <memory>
#include <optional>
#include <string_view>

namespace capishim::cng {

/// BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO, whose last three members a chain of calls keeps its state
/// in (cng.md 4.6).
struct AuthInfo {
    ByteView nonce;
    ByteView context; // "associated data"
    MutableBytes tag;
    MutableBytes mac_context;
    std::uint32_t context_size = 0; // so far
    std::uint64_t text_size = 0;    // so far
    bool more = false;              // this is not the message's last call
    bool in_progress = false;       // it is not the first
};

/// The caller's structure, looked into only by a key that it is for, and only when its turn comes.
class AuthSource {
  public:
    /// @throws Fault::invalid_parameter   a size, version or pointer that can't be right
    virtual AuthInfo read() const = 0;
    /// Writes back what belongs to the chain's state.
    virtual void store(const AuthInfo& info) const = 0;

  protected:
    ~AuthSource() = default;
};

/// pPaddingInfo as the flags and the key's family say it is to be read.
struct Padding {
    bool given = false;                 // the pointer was not null
    const AuthSource* auth = nullptr;   // authenticated ciphers; null when not given
    std::optional<engine::HashId> hash; // PKCS #1 signatures, PSS and OAEP
    ByteView label;                     // OAEP
    std::size_t salt_size = 0;          // PSS
    ByteView context;                   // ML-DSA
    bool prehash = false;               // HashML-DSA: the input is a hash
};

/// DSA and ECDSA know no padding (N-175). @throws Fault::invalid_parameter   a structure or a flag
inline void require_no_padding(const Padding& padding, std::uint32_t flags)
{
    require(!padding.given && flags == 0, Fault::invalid_parameter);
}

/// The arguments of BCryptEncrypt and BCryptDecrypt but the output's.
struct CipherCall {
    ByteView input;
    MutableBytes iv; // ignored when its pointer is null
    Padding padding;
    std::uint32_t flags = 0;
};

/// What BCryptEncapsulate and BCryptDecapsulate deal in, bytes.
struct KemLengths {
    std::size_t secret;
    std::size_t ciphertext;
};

class KdfParameters;

/// The arguments of BCryptImportKeyPair that say what the key is.
struct PairBlob {
    std::string_view type;
    ByteView bytes;
    bool validate = true; // no BCRYPT_NO_KEY_VALIDATION: the public part is to be checked
};

class KeyObject {
  public:
    KeyObject(const Algorithm& algorithm, Origin origin, ObjectMemory object_memory = {})
        : memory(object_memory), algorithm_(&algorithm), origin_(origin)
    {
    }
    KeyObject(const KeyObject&) = delete;
    KeyObject& operator=(const KeyObject&) = delete;
    virtual ~KeyObject() = default;

    const Algorithm& algorithm() const noexcept { return *algorithm_; }
    const Origin& origin() const noexcept { return origin_; }

    virtual void encrypt(const CipherCall& call, OutBuffer& out);
    virtual void decrypt(const CipherCall& call, OutBuffer& out);
    virtual SecureBytes export_blob(std::string_view type) const = 0;
    /// @throws Fault::stale_handle   a key pair (documented so)
    virtual std::shared_ptr<KeyObject> duplicate(ObjectMemory object_memory) const;

    /// Makes the pair. @throws Fault::bad_key_state   made or imported before (observed.md part 2
    /// D)
    virtual void finalize();
    virtual void sign(ByteView hash, const Padding& padding, std::uint32_t flags,
                      OutBuffer& out) const;
    /// @throws Fault::bad_signature
    virtual void verify(ByteView hash, ByteView signature, const Padding& padding,
                        std::uint32_t flags) const;
    /// The agreed secret, big-endian. @param peer   the other side's public key
    virtual SecureBytes agree(const KeyObject& peer) const;
    /// BCryptKeyDerivation: `size` bytes. @param flags   none but BCRYPT_CAPI_AES_FLAG
    virtual SecureBytes derive(const KdfParameters& parameters, std::size_t size,
                               std::uint32_t flags) const;

    virtual KemLengths kem_lengths() const;
    virtual engine::Encapsulation encapsulate() const;
    /// @throws Fault::no_private_key
    virtual SecureBytes decapsulate(ByteView ciphertext) const;

    // Properties; a key that lacks one throws Fault::not_supported.
    virtual std::uint32_t key_bits() const = 0;
    virtual std::uint32_t strength_bits() const { return key_bits(); }
    /// PublicKeyLength; of pairs only.
    virtual std::uint32_t public_key_bits() const { return key_bits(); }
    virtual std::uint32_t block_length() const;
    virtual std::uint32_t signature_length() const;
    virtual ChainingMode chaining_mode() const;
    virtual std::uint32_t message_block_length() const;
    virtual std::uint32_t effective_bits() const;
    virtual SecureBytes chain() const;
    virtual std::uint32_t kem_ciphertext_length() const;
    virtual std::string_view parameter_set() const;
    virtual std::string_view curve_name() const;
    /// DHParameters or ECCParameters
    virtual SecureBytes domain_parameters() const;
    virtual void set_key_bits(std::uint32_t bits);
    /// DHParameters or DSAParameters, of a pair that is not finalized.
    virtual void set_domain_parameters(ByteView blob);
    /// ParameterSetName, of a pair that is not finalized.
    virtual void set_parameter_set(std::string_view name);
    /// PrivKeyVal: the secret that a pair is finalized with.
    virtual void set_private_value(ByteView value);
    virtual void set_curve(CurveChoice curve);
    virtual void set_chaining_mode(ChainingMode mode);
    virtual void set_message_block_length(std::uint32_t bytes);
    virtual void set_effective_bits(std::uint32_t bits);
    virtual void set_iv(ByteView iv);
    virtual void set_hkdf_hash(engine::HashId hash);
    virtual void finalize_hkdf(std::optional<ByteView> salt); // none: the secret is the key

    ObjectMemory memory;

  private:
    const Algorithm* algorithm_;
    Origin origin_;
};

/// BCryptGenerateSymmetricKey: a key of the caller's bytes, cut to the algorithm's longest.
/// @throws as AlgorithmObject::fitting_secret
std::shared_ptr<KeyObject> make_symmetric_key(const AlgorithmObject& algorithm, ByteView secret,
                                              Origin origin, ObjectMemory object_memory);
/// BCryptImportKey but for wrapped keys. @throws Fault::not_supported   another blob type than
/// KeyDataBlob, OpaqueKeyBlob
/// @throws Fault::bad_data, invalid_parameter      a blob that does not fit (N-45)
std::shared_ptr<KeyObject> import_symmetric_key(const AlgorithmObject& algorithm,
                                                std::string_view type, ByteView blob, Origin origin,
                                                ObjectMemory object_memory);

/// BCryptGenerateKeyPair: a pair that has no numbers until it is finalized.
/// @throws Fault::not_supported      an algorithm without pairs
/// @throws Fault::bad_key_length     a length that it does not allow
std::shared_ptr<KeyObject> begin_key_pair(const AlgorithmObject& algorithm, std::uint32_t bits,
                                          Origin origin);
/// BCryptImportKeyPair. @throws Fault::not_supported   a blob type that the algorithm does not know
std::shared_ptr<KeyObject> import_key_pair(const AlgorithmObject& algorithm, const PairBlob& blob,
                                           Origin origin);

} // namespace capishim::cng
