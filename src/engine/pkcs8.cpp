// SPDX-License-Identifier: BSD-2-Clause
#include "engine/pkcs8.h"

#include "engine/block_cipher.h"
#include "engine/botan_compat.h"
#include "engine/botan_faults.h"
#include "engine/kdf.h"
#include "engine/modes.h"
#include "engine/random.h"

#include <botan/ber_dec.h>
#include <botan/der_enc.h>
#include <botan/pem.h>

#include <algorithm>
#include <array>

namespace capishim::engine {
namespace {

using Botan::AlgorithmIdentifier;
using Botan::BER_Decoder;
using Botan::BigInt;
using Botan::DER_Encoder;

constexpr std::size_t block_size = 16;

const Botan::OID& rsa_encryption_oid()
{
    static const Botan::OID oid{1, 2, 840, 113549, 1, 1, 1};
    return oid;
}

const Botan::OID& dsa_oid()
{
    static const Botan::OID oid{1, 2, 840, 10040, 4, 1};
    return oid;
}

const Botan::OID& dh_key_agreement_oid()
{
    static const Botan::OID oid{1, 2, 840, 113549, 1, 3, 1};
    return oid;
}

const Botan::OID& pbes2_oid()
{
    static const Botan::OID oid{1, 2, 840, 113549, 1, 5, 13};
    return oid;
}

const Botan::OID& pbkdf2_oid()
{
    static const Botan::OID oid{1, 2, 840, 113549, 1, 5, 12};
    return oid;
}

const Botan::OID& hmac_with_sha256_oid()
{
    static const Botan::OID oid{1, 2, 840, 113549, 2, 9};
    return oid;
}

const Botan::OID& aes256_cbc_oid()
{
    static const Botan::OID oid{2, 16, 840, 1, 101, 3, 4, 1, 42};
    return oid;
}

template <class Container>
Container contents_of(DER_Encoder& encoder)
{
    const auto contents = encoder.get_contents();
    return {contents.begin(), contents.end()};
}

/// What RSAPrivateKey holds after its modulus and public exponent, in its order.
constexpr std::array private_numbers = {
    &RsaNumbers::private_exponent, &RsaNumbers::prime1,    &RsaNumbers::prime2,
    &RsaNumbers::exponent1,        &RsaNumbers::exponent2, &RsaNumbers::coefficient,
};

/// An INTEGER, by hand since Botan's encoder leaves a copy of its bytes behind.
void write_number(DER_Encoder& encoder, ByteView number)
{
    SecureBytes bytes(1); // a sign
    bytes.insert(bytes.end(), std::ranges::find_if(number, [](auto byte) { return byte != 0; }),
                 number.end());
    const bool sign_is_told = bytes.size() > 1 && bytes[1] < 0x80;
    const ByteView contents = ByteView(bytes).subspan(sign_is_told ? 1 : 0);
    encoder.add_object(compat::asn1_integer, compat::asn1_universal, contents.data(),
                       contents.size());
}

template <class Container>
Container read_number(BER_Decoder& sequence)
{
    BigInt number;
    sequence.decode(number);
    require(!number.is_negative(), Fault::bad_data);
    Container bytes(std::max<std::size_t>(number.bytes(), 1));
    compat::store(number, bytes);
    return bytes;
}

RsaNumbers read_numbers(const Botan::secure_vector<std::uint8_t>& rsa_private_key)
{
    BER_Decoder decoder(rsa_private_key);
    BER_Decoder sequence = decoder.start_cons(compat::asn1_sequence, compat::asn1_universal);
    std::size_t version = 1;
    sequence.decode(version);
    require(version == 0, Fault::bad_data); // two primes
    RsaNumbers numbers;
    numbers.modulus = read_number<Bytes>(sequence);
    numbers.public_exponent = read_number<Bytes>(sequence);
    for (const auto number : private_numbers)
        numbers.*number = read_number<SecureBytes>(sequence);
    sequence.verify_end();
    decoder.verify_end();
    return numbers;
}

/// A PrivateKeyInfo taken apart.
struct KeyInfo {
    Bytes parameters; // of the algorithm, DER
    Botan::secure_vector<std::uint8_t> key;
};

SecureBytes write_key_info(const AlgorithmIdentifier& algorithm, DER_Encoder& key)
{
    DER_Encoder info;
    info.start_cons(compat::asn1_sequence, compat::asn1_universal)
        .encode(std::size_t{0})
        .encode(algorithm)
        .encode(key.get_contents(), compat::asn1_octet_string)
        .end_cons();
    return contents_of<SecureBytes>(info);
}

KeyInfo read_key_info(ByteView key_info, const Botan::OID& oid)
{
    BER_Decoder decoder(key_info.data(), key_info.size());
    BER_Decoder sequence = decoder.start_cons(compat::asn1_sequence, compat::asn1_universal);
    std::size_t version = 1;
    AlgorithmIdentifier algorithm;
    KeyInfo info;
    sequence.decode(version).decode(algorithm).decode(info.key, compat::asn1_octet_string);
    require(version == 0 && compat::oid_of(algorithm) == oid, Fault::bad_data);
    sequence.discard_remaining(); // attributes
    decoder.verify_end();
    const auto& parameters = compat::parameters_of(algorithm);
    info.parameters.assign(parameters.begin(), parameters.end());
    return info;
}

/// A sequence of public numbers.
Bytes sequence_of(std::initializer_list<ByteView> numbers)
{
    DER_Encoder sequence;
    sequence.start_cons(compat::asn1_sequence, compat::asn1_universal);
    for (const ByteView number : numbers)
        write_number(sequence, number);
    sequence.end_cons();
    return contents_of<Bytes>(sequence);
}

/// X of DSA and DH.
SecureBytes read_secret(const KeyInfo& info)
{
    BER_Decoder decoder(info.key);
    SecureBytes secret = read_number<SecureBytes>(decoder);
    decoder.verify_end();
    return secret;
}

// ---- PBES2 -------------------------------------------------------------------------------------

AlgorithmIdentifier encode_stretching(const KeyStretching& how)
{
    DER_Encoder parameters;
    parameters.start_cons(compat::asn1_sequence, compat::asn1_universal)
        .encode(how.salt, compat::asn1_octet_string)
        .encode(std::size_t{how.iterations})
        .encode(AlgorithmIdentifier(hmac_with_sha256_oid(), AlgorithmIdentifier::USE_NULL_PARAM))
        .end_cons();
    return {pbkdf2_oid(), contents_of<Bytes>(parameters)};
}

AlgorithmIdentifier encode_scheme(const KeyStretching& how, ByteView iv)
{
    DER_Encoder iv_parameter;
    iv_parameter.encode(iv.data(), iv.size(), compat::asn1_octet_string);
    DER_Encoder parameters;
    parameters.start_cons(compat::asn1_sequence, compat::asn1_universal)
        .encode(encode_stretching(how))
        .encode(AlgorithmIdentifier(aes256_cbc_oid(), contents_of<Bytes>(iv_parameter)))
        .end_cons();
    return {pbes2_oid(), contents_of<Bytes>(parameters)};
}

KeyStretching decode_stretching(const AlgorithmIdentifier& algorithm)
{
    require(compat::oid_of(algorithm) == pbkdf2_oid(), Fault::bad_data);
    BER_Decoder decoder(compat::parameters_of(algorithm));
    BER_Decoder sequence = decoder.start_cons(compat::asn1_sequence, compat::asn1_universal);
    KeyStretching how;
    std::size_t iterations = 0;
    AlgorithmIdentifier prf;
    sequence.decode(how.salt, compat::asn1_octet_string).decode(iterations).decode(prf);
    sequence.verify_end();
    decoder.verify_end();
    require(compat::oid_of(prf) == hmac_with_sha256_oid() && iterations > 0 &&
                iterations <= UINT32_MAX,
            Fault::bad_data);
    how.iterations = static_cast<std::uint32_t>(iterations);
    return how;
}

struct Scheme {
    KeyStretching how;
    Bytes iv;
};

Scheme decode_scheme(const AlgorithmIdentifier& algorithm)
{
    require(compat::oid_of(algorithm) == pbes2_oid(), Fault::bad_data);
    BER_Decoder decoder(compat::parameters_of(algorithm));
    BER_Decoder sequence = decoder.start_cons(compat::asn1_sequence, compat::asn1_universal);
    AlgorithmIdentifier stretching, cipher;
    sequence.decode(stretching).decode(cipher);
    sequence.verify_end();
    decoder.verify_end();
    require(compat::oid_of(cipher) == aes256_cbc_oid(), Fault::bad_data);
    Scheme scheme{decode_stretching(stretching), {}};
    BER_Decoder(compat::parameters_of(cipher))
        .decode(scheme.iv, compat::asn1_octet_string)
        .verify_end();
    require(scheme.iv.size() == block_size, Fault::bad_data);
    return scheme;
}

} // namespace

SecureBytes write_rsa_key_info(const RsaKey& key)
{
    require(key.has_private(), Fault::no_private_key);
    return translate([&] {
        const RsaNumbers& numbers = key.numbers();
        DER_Encoder rsa_private_key;
        rsa_private_key.start_cons(compat::asn1_sequence, compat::asn1_universal)
            .encode(std::size_t{0});
        write_number(rsa_private_key, numbers.modulus);
        write_number(rsa_private_key, numbers.public_exponent);
        for (const auto number : private_numbers)
            write_number(rsa_private_key, numbers.*number);
        rsa_private_key.end_cons();
        return write_key_info(
            AlgorithmIdentifier(rsa_encryption_oid(), AlgorithmIdentifier::USE_NULL_PARAM),
            rsa_private_key);
    });
}

std::shared_ptr<const RsaKey> read_rsa_key_info(ByteView key_info)
{
    return translate([&] {
        return RsaKey::from_private(
            read_numbers(read_key_info(key_info, rsa_encryption_oid()).key));
    });
}

SecureBytes write_dsa_key_info(const DsaKey& key)
{
    return translate([&] {
        const DsaGroup& group = key.group();
        DER_Encoder x;
        write_number(x, key.secret());
        return write_key_info({dsa_oid(), sequence_of({group.prime, group.order, group.generator})},
                              x);
    });
}

std::shared_ptr<const DsaKey> read_dsa_key_info(ByteView key_info, Bytes seed,
                                                std::uint32_t counter)
{
    return translate([&] {
        const KeyInfo info = read_key_info(key_info, dsa_oid());
        BER_Decoder decoder(info.parameters);
        BER_Decoder sequence = decoder.start_cons(compat::asn1_sequence, compat::asn1_universal);
        DsaGroup group;
        group.prime = read_number<Bytes>(sequence);
        group.order = read_number<Bytes>(sequence);
        group.generator = padded_number<Bytes>(read_number<Bytes>(sequence), group.prime.size());
        group.seed = std::move(seed);
        group.counter = counter;
        sequence.verify_end();
        return DsaKey::from_private(std::move(group), {}, read_secret(info), true);
    });
}

SecureBytes write_dh_key_info(const DhKey& key)
{
    return translate([&] {
        const DhGroup& group = key.group();
        DER_Encoder x;
        write_number(x, key.secret());
        return write_key_info({dh_key_agreement_oid(), sequence_of({group.prime, group.generator})},
                              x);
    });
}

std::shared_ptr<const DhKey> read_dh_key_info(ByteView key_info)
{
    return translate([&] {
        const KeyInfo info = read_key_info(key_info, dh_key_agreement_oid());
        BER_Decoder decoder(info.parameters);
        BER_Decoder sequence = decoder.start_cons(compat::asn1_sequence, compat::asn1_universal);
        DhGroup group;
        group.prime = read_number<Bytes>(sequence);
        group.generator = padded_number<Bytes>(read_number<Bytes>(sequence), group.prime.size());
        sequence.discard_remaining(); // privateValueLength
        return DhKey::from_private(std::move(group), {}, read_secret(info), true);
    });
}

SecureBytes stretch(ByteView passphrase, const KeyStretching& how)
{
    return pbkdf2(hmac_prf(HashId::sha256, passphrase), hash_size(HashId::sha256), how.salt,
                  how.iterations, pbes2_key_size);
}

Bytes encrypt_key_info(ByteView key_info, const KeyStretching& how, ByteView key)
{
    Bytes iv(block_size);
    random_bytes(iv);
    const std::size_t padding = block_size - key_info.size() % block_size;
    SecureBytes text = secure_copy(key_info);
    text.resize(text.size() + padding, static_cast<std::uint8_t>(padding));
    Bytes chain = iv;
    cbc_encrypt(*make_block_cipher(BlockCipherId::aes, key), chain, text, text.data());
    return translate([&] {
        DER_Encoder encrypted;
        encrypted.start_cons(compat::asn1_sequence, compat::asn1_universal)
            .encode(encode_scheme(how, iv))
            .encode(text, compat::asn1_octet_string)
            .end_cons();
        return contents_of<Bytes>(encrypted);
    });
}

SecureBytes decrypt_key_info(ByteView encrypted,
                             const std::function<SecureBytes(const KeyStretching&)>& key)
{
    Scheme scheme;
    Bytes ciphertext;
    translate([&] {
        BER_Decoder decoder(encrypted.data(), encrypted.size());
        BER_Decoder sequence = decoder.start_cons(compat::asn1_sequence, compat::asn1_universal);
        AlgorithmIdentifier algorithm;
        sequence.decode(algorithm).decode(ciphertext, compat::asn1_octet_string);
        sequence.verify_end();
        decoder.verify_end();
        scheme = decode_scheme(algorithm);
    });
    require(!ciphertext.empty() && ciphertext.size() % block_size == 0, Fault::bad_data);
    SecureBytes text(ciphertext.size());
    cbc_decrypt(*make_block_cipher(BlockCipherId::aes, key(scheme.how)), scheme.iv, ciphertext,
                text.data());
    const std::size_t padding = pkcs7_padding(text, block_size);
    require(padding != 0, Fault::bad_data);
    text.resize(text.size() - padding);
    return text;
}

std::string write_pem(ByteView data, std::string_view label)
{
    return translate(
        [&] { return Botan::PEM_Code::encode(data.data(), data.size(), std::string(label)); });
}

SecureBytes read_pem(std::string_view pem, std::string_view label)
{
    return translate([&] {
        const std::string text(pem);
        const auto data = Botan::PEM_Code::decode_check_label(text, std::string(label));
        return SecureBytes(data.begin(), data.end());
    });
}

} // namespace capishim::engine
