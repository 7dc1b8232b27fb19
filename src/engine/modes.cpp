// SPDX-License-Identifier: BSD-2-Clause
// ECB, CBC, CFB and CTR after SP 800-38A, without allocation. Decryption works on chunks that keep
// all of the processor's parallel block units busy and fit the first-level cache.
#include "engine/modes.h"

#include "base/secure_bytes.h"
#include "engine/block_xor.h"
#include "engine/constant_time.h"

namespace capishim::engine {
namespace {

constexpr std::size_t max_block = 16;
constexpr std::size_t chunk_size = 1024;

std::size_t whole_blocks(const BlockCipher& cipher, ByteView in)
{
    const std::size_t size = cipher.block_size();
    require(in.size() % size == 0, Fault::bad_block_length);
    return in.size() / size;
}

/// Turns D(c1) D(c2) ... into plaintext: each block gets the ciphertext block before it. Last to
/// first, so that `out` may be the ciphertext itself.
template <std::size_t Size>
void unchain(const std::uint8_t* chain, const std::uint8_t* ciphertext,
             const std::uint8_t* decrypted, std::uint8_t* out, std::size_t blocks)
{
    for (std::size_t i = blocks; i-- > 1;)
        xor_block<Size>(out + Size * i, decrypted + Size * i, ciphertext + Size * (i - 1));
    xor_block<Size>(out, decrypted, chain);
}

template <std::size_t Size>
void decrypt_chunk(const BlockCipher& cipher, std::uint8_t* chain, const std::uint8_t* in,
                   std::uint8_t* out, std::size_t blocks)
{
    alignas(max_block) std::uint8_t decrypted[chunk_size];
    std::uint8_t last[Size];
    std::memcpy(last, in + Size * (blocks - 1), Size);
    cipher.decrypt(in, decrypted, blocks);
    unchain<Size>(chain, in, decrypted, out, blocks);
    std::memcpy(chain, last, Size);
    wipe(decrypted, Size * blocks);
}

template <std::size_t Size>
void decrypt_chained(const BlockCipher& cipher, std::uint8_t* chain, const std::uint8_t* in,
                     std::uint8_t* out, std::size_t blocks)
{
    while (blocks > 0) {
        const std::size_t count = std::min(blocks, chunk_size / Size);
        decrypt_chunk<Size>(cipher, chain, in, out, count);
        in += Size * count;
        out += Size * count;
        blocks -= count;
    }
}

/// Drops the oldest bytes of the feedback register and appends `ciphertext`.
void shift_register(MutableBytes chain, ByteView ciphertext)
{
    const std::size_t kept = chain.size() - ciphertext.size();
    std::memmove(chain.data(), chain.data() + ciphertext.size(), kept);
    std::memcpy(chain.data() + kept, ciphertext.data(), ciphertext.size());
}

void check_feedback(const BlockCipher& cipher, std::size_t feedback, ByteView in)
{
    require(feedback == 1 || feedback == cipher.block_size(), Fault::invalid_parameter);
    require(in.size() % feedback == 0, Fault::bad_block_length);
}

} // namespace

void cbc_encrypt(const BlockCipher& cipher, MutableBytes chain, ByteView in, std::uint8_t* out)
{
    cipher.encrypt_chained(chain.data(), in.data(), out, whole_blocks(cipher, in));
}

void cbc_decrypt(const BlockCipher& cipher, MutableBytes chain, ByteView in, std::uint8_t* out)
{
    const auto decrypt = cipher.block_size() == 16 ? decrypt_chained<16> : decrypt_chained<8>;
    decrypt(cipher, chain.data(), in.data(), out, whole_blocks(cipher, in));
}

void ecb_encrypt(const BlockCipher& cipher, ByteView in, std::uint8_t* out)
{
    cipher.encrypt(in.data(), out, whole_blocks(cipher, in));
}

void ecb_decrypt(const BlockCipher& cipher, ByteView in, std::uint8_t* out)
{
    cipher.decrypt(in.data(), out, whole_blocks(cipher, in));
}

void cfb_encrypt(const BlockCipher& cipher, MutableBytes chain, std::size_t feedback, ByteView in,
                 std::uint8_t* out)
{
    check_feedback(cipher, feedback, in);
    SecureArray<max_block> key_stream;
    for (; !in.empty(); in = in.subspan(feedback), out += feedback) {
        cipher.encrypt(chain.data(), key_stream.data(), 1);
        for (std::size_t i = 0; i < feedback; ++i)
            out[i] = static_cast<std::uint8_t>(in[i] ^ key_stream[i]);
        shift_register(chain, {out, feedback});
    }
}

void cfb_decrypt(const BlockCipher& cipher, MutableBytes chain, std::size_t feedback, ByteView in,
                 std::uint8_t* out)
{
    check_feedback(cipher, feedback, in);
    SecureArray<max_block> key_stream;
    for (; !in.empty(); in = in.subspan(feedback), out += feedback) {
        cipher.encrypt(chain.data(), key_stream.data(), 1);
        shift_register(chain, in.first(feedback));
        for (std::size_t i = 0; i < feedback; ++i)
            out[i] = static_cast<std::uint8_t>(in[i] ^ key_stream[i]);
    }
}

namespace {

/// Writes `blocks` consecutive counter blocks, and leaves the one after them in `counter`.
void count(std::uint8_t* counter, std::uint8_t* to, std::size_t blocks)
{
    std::uint32_t number;
    std::memcpy(&number, counter + 12, sizeof number);
    number = __builtin_bswap32(number);
    for (std::size_t i = 0; i < blocks; ++i, to += max_block) {
        const std::uint32_t big_endian = __builtin_bswap32(number++);
        std::memcpy(to, counter, max_block);
        std::memcpy(to + 12, &big_endian, sizeof big_endian);
    }
    number = __builtin_bswap32(number);
    std::memcpy(counter + 12, &number, sizeof number);
}

} // namespace

void counter_crypt(const BlockCipher& cipher, MutableBytes counter, ByteView in, std::uint8_t* out)
{
    SecureArray<chunk_size> key_stream;
    while (!in.empty()) {
        const std::size_t size = std::min(in.size(), chunk_size);
        const std::size_t blocks = (size + max_block - 1) / max_block;
        count(counter.data(), key_stream.data(), blocks);
        cipher.encrypt(key_stream.data(), key_stream.data(), blocks);
        std::size_t done = 0;
        for (; size - done >= max_block; done += max_block)
            xor_block<max_block>(out + done, in.data() + done, key_stream.data() + done);
        for (; done < size; ++done)
            out[done] = static_cast<std::uint8_t>(in[done] ^ key_stream[done]);
        in = in.subspan(size);
        out += size;
    }
}

std::size_t pkcs7_padding(ByteView data, std::size_t block_size)
{
    const std::size_t length = data.back();
    Mask wrong = is_zero(length) | is_less(block_size, length);
    for (std::size_t i = 1; i <= block_size; ++i)
        wrong |= ~is_less(length, i) & ~is_equal(data[data.size() - i], length);
    return select(wrong, 0, length);
}

} // namespace capishim::engine
