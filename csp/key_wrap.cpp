// SPDX-License-Identifier: BSD-2-Clause
#include "csp/key_wrap.h"

#include "cng/hash.h"
#include "csp/random.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::size_t block = 8;      // of 3DES and of RC2
constexpr std::size_t check_size = 8; // the first bytes of a SHA-1
constexpr std::size_t triple_des_key = 24;
constexpr std::uint8_t second_iv[block] = {0x4a, 0xdd, 0xa2, 0x2c, 0x79, 0xe8, 0x21, 0x05};

bool is_triple_des(std::uint32_t algorithm_id)
{
    return algorithm_id == CALG_3DES || algorithm_id == CALG_3DES_112;
}

/// Section 3's format has no length: it is for keys of 24 bytes.
bool has_length(const SessionKey& wrapping, const CipherRow& cipher)
{
    return !is_triple_des(wrapping.cipher().id) || cipher.id != CALG_3DES;
}

/// The wrapping key in CBC from that IV, whatever its own settings; the key itself stays as it is
/// (U-44).
SessionKey chained(const SessionKey& wrapping, ByteView iv)
{
    SessionKey key(wrapping);
    key.restart();
    key.set_mode(CRYPT_MODE_CBC);
    key.set_iv(iv);
    return key;
}

SecureArray<check_size> check_value(ByteView bytes)
{
    SecureArray<20> digest;
    cng::Hash hash(cng_algorithm("SHA1"), false);
    hash.update(bytes);
    hash.finish(digest);
    SecureArray<check_size> check;
    std::copy_n(digest.begin(), check_size, check.begin());
    return check;
}

/// What is encrypted: the key as the format frames it, and its check value.
SecureBytes framed(const SessionKey& wrapping, const SessionKey& key)
{
    SecureBytes frame;
    const ByteView material = key.material();
    if (has_length(wrapping, key.cipher())) {
        frame.reserve(1 + material.size() + 2 * block);
        frame.push_back(static_cast<std::uint8_t>(material.size()));
        frame.insert(frame.end(), material.begin(), material.end());
        SecureBytes pad((block - frame.size() % block) % block);
        random_bytes(pad);
        frame.insert(frame.end(), pad.begin(), pad.end());
    } else {
        frame.reserve(material.size() + block);
        frame = secure_copy(material);
        set_odd_parity(frame);
    }
    const auto check = check_value(frame);
    frame.insert(frame.end(), check.begin(), check.end());
    return frame;
}

/// The key in a frame whose check value was right.
ByteView key_in(ByteView frame, bool with_length)
{
    if (!with_length)
        return frame;
    const std::size_t size = frame[0];
    require(size < frame.size() && frame.size() - 1 - size < block, Fault::bad_data);
    return frame.subspan(1, size);
}

} // namespace

bool can_wrap(std::uint32_t algorithm_id) noexcept
{
    return is_triple_des(algorithm_id) || algorithm_id == CALG_RC2;
}

std::size_t wrapped_size(const SessionKey& wrapping, const SessionKey& key)
{
    const std::size_t size = key.material().size();
    const std::size_t frame =
        has_length(wrapping, key.cipher()) ? (size / block + 1) * block : triple_des_key;
    return block + frame + check_size;
}

SecureBytes wrap(const SessionKey& wrapping, const SessionKey& key)
{
    require(key.material().size() <= 0xFF, Fault::bad_data);
    SecureBytes frame = framed(wrapping, key);
    SecureBytes iv(block);
    random_bytes(iv);
    chained(wrapping, iv).encrypt(frame.data(), frame.size(), false);
    SecureBytes wrapped(frame.rbegin(), frame.rend());
    wrapped.insert(wrapped.end(), iv.rbegin(), iv.rend());
    chained(wrapping, second_iv).encrypt(wrapped.data(), wrapped.size(), false);
    return wrapped;
}

SecureBytes unwrap(const SessionKey& wrapping, const CipherRow& cipher, ByteView wrapped)
{
    const bool with_length = has_length(wrapping, cipher);
    require(wrapped.size() % block == 0 && wrapped.size() >= 3 * block, Fault::bad_data);
    require(with_length || wrapped.size() == block + triple_des_key + check_size, Fault::bad_data);
    SecureBytes outer = secure_copy(wrapped);
    chained(wrapping, second_iv).decrypt(outer, false);
    SecureBytes inner = reversed<SecureBytes>(outer);
    const MutableBytes frame = MutableBytes(inner).subspan(block);
    chained(wrapping, ByteView(inner).first(block)).decrypt(frame, false);
    const ByteView body = ByteView(frame).first(frame.size() - check_size);
    require(constant_time_equal(check_value(body), ByteView(frame).last(check_size)),
            Fault::bad_data);
    return secure_copy(key_in(body, with_length));
}

} // namespace capishim::csp
