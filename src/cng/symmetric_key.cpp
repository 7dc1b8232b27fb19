// SPDX-License-Identifier: BSD-2-Clause
// Symmetric keys: cng.md section 4 with observed.md part 2 B, less what the two faces do apart.
#include "cng/symmetric_key.h"

#include "engine/modes.h"

namespace capishim::cng {

SymmetricKey::SymmetricKey(const Algorithm& algorithm, ByteView secret)
    : algorithm_(&algorithm), secret_(secure_copy(secret)), mode_(default_mode(algorithm.family)),
      message_block_(default_message_block(algorithm.family))
{
    if (algorithm.family == Family::stream_cipher)
        rc4_.emplace(secret);
}

SymmetricKey::SymmetricKey(const SymmetricKey& other) = default;

SymmetricKey::~SymmetricKey() = default;

void SymmetricKey::set_chaining_mode(ChainingMode mode)
{
    require(algorithm_->has_mode(mode), Fault::not_supported);
    mode_ = mode;
    message_block_ = default_message_block(algorithm_->family);
    iv_.fill(0);
    chain_.fill(0);
}

void SymmetricKey::set_message_block_length(std::size_t bytes)
{
    require_message_block(*algorithm_, mode_, bytes);
    message_block_ = static_cast<std::uint32_t>(bytes);
}

void SymmetricKey::set_effective_bits(std::uint32_t bits)
{
    require(algorithm_->has_effective_bits(), Fault::not_supported);
    require(bits >= 1 && bits <= 1024, Fault::bad_data); // N-99
    effective_bits_ = bits;
    cipher_.reset();
}

void SymmetricKey::set_iv(ByteView iv)
{
    require(iv.size() == block_length(), Fault::invalid_parameter);
    std::ranges::copy(iv, iv_.begin());
    std::ranges::copy(iv, chain_.begin());
}

void SymmetricKey::resume(ByteView chain, std::uint64_t stream_position)
{
    require(chain.size() == block_length(), Fault::invalid_parameter);
    std::ranges::copy(chain, chain_.begin());
    if (rc4_)
        rc4_.emplace(secret_, stream_position);
}

void SymmetricKey::restart()
{
    chain_ = iv_;
    if (rc4_)
        rc4_->restart();
}

std::size_t SymmetricKey::encrypted_size(std::size_t size, bool pad) const
{
    if (algorithm_->family == Family::stream_cipher) {
        require(!pad, Fault::invalid_parameter); // N-119
        return size;
    }
    // observed.md part 2 B: CFB too pads to the cipher's block
    if (pad)
        return (size / block_length() + 1) * block_length();
    require(size % granularity() == 0, Fault::bad_block_length); // N-117
    return size;
}

std::size_t SymmetricKey::encrypt(ByteView in, MutableBytes out, bool pad)
{
    const std::size_t size = encrypted_size(in.size(), pad);
    require(out.size() >= size, Fault::buffer_too_small);
    if (!pad) {
        run(true, in, out.data());
        return size;
    }
    const std::size_t whole = size - block_length();
    SecureArray<max_block_length> last;
    last.fill(static_cast<std::uint8_t>(size - in.size())); // PKCS #7 (N-121)
    std::ranges::copy(in.subspan(whole), last.begin());
    run(true, in.first(whole), out.data());
    run(true, {last.data(), block_length()}, out.data() + whole);
    return size;
}

std::size_t SymmetricKey::decrypt(ByteView in, MutableBytes out, bool pad)
{
    require(out.size() >= in.size(), Fault::buffer_too_small);
    if (!pad) {
        encrypted_size(in.size(), false);
        run(false, in, out.data());
        return in.size();
    }
    encrypted_size(0, true);
    require(!in.empty() && in.size() % block_length() == 0, Fault::bad_block_length); // N-122
    const auto before = chain_;
    run(false, in, out.data());
    const MutableBytes plain = out.first(in.size());
    const std::size_t padding = engine::pkcs7_padding(plain, block_length());
    if (padding == 0) {
        wipe(plain);
        chain_ = before;
        throw Error(Fault::bad_padding);
    }
    return in.size() - padding;
}

std::size_t SymmetricKey::encrypt(ByteView in, MutableBytes out, bool pad, MutableBytes iv)
{
    require(iv.size() == block_length(), Fault::invalid_parameter); // N-124
    const std::size_t size = encrypted_size(in.size(), pad);
    require(out.size() >= size, Fault::buffer_too_small);
    std::ranges::copy(iv, chain_.begin());
    encrypt(in, out, pad);
    std::ranges::copy(chain(), iv.begin());
    return size;
}

std::size_t SymmetricKey::decrypt(ByteView in, MutableBytes out, bool pad, MutableBytes iv)
{
    require(iv.size() == block_length(), Fault::invalid_parameter);
    const auto before = chain_;
    std::ranges::copy(iv, chain_.begin());
    try {
        const std::size_t size = decrypt(in, out, pad);
        std::ranges::copy(chain(), iv.begin());
        return size;
    } catch (...) {
        chain_ = before;
        throw;
    }
}

const engine::BlockCipher& SymmetricKey::cipher()
{
    if (!cipher_)
        cipher_ = engine::make_block_cipher(algorithm_->cipher, secret_, effective_bits_);
    return *cipher_;
}

void SymmetricKey::run(bool encrypting, ByteView in, std::uint8_t* out)
{
    if (rc4_)
        return rc4_->apply(in, out);
    if (in.empty())
        return;
    const MutableBytes register_bytes{chain_.data(), block_length()};
    switch (mode_) {
    case ChainingMode::ecb:
        return encrypting ? engine::ecb_encrypt(cipher(), in, out)
                          : engine::ecb_decrypt(cipher(), in, out);
    case ChainingMode::cfb:
        return encrypting ? engine::cfb_encrypt(cipher(), register_bytes, message_block_, in, out)
                          : engine::cfb_decrypt(cipher(), register_bytes, message_block_, in, out);
    default:
        return encrypting ? engine::cbc_encrypt(cipher(), register_bytes, in, out)
                          : engine::cbc_decrypt(cipher(), register_bytes, in, out);
    }
}

} // namespace capishim::cng
