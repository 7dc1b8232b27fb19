// SPDX-License-Identifier: BSD-2-Clause
// CCM over a keyed AES, without allocation: the formatting of SP 800-38C appendix A.
#include "engine/ccm.h"

#include "engine/block_xor.h"
#include "engine/modes.h"

namespace capishim::engine {
namespace {

constexpr std::size_t block = 16;
constexpr std::size_t chunk_size = 1024; // text that both passes find in the cache

using Block = SecureArray<block>;

/// `value` big-endian in the last `size` bytes of a block.
void put_number(Block& in, std::uint64_t value, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i, value >>= 8)
        in[block - 1 - i] = static_cast<std::uint8_t>(value);
}

/// A.3: the counter blocks; block 0 masks the tag.
Block counter_block(ByteView nonce, std::uint8_t number)
{
    Block counter;
    counter[0] = static_cast<std::uint8_t>(14 - nonce.size());
    std::ranges::copy(nonce, counter.begin() + 1);
    counter[block - 1] = number;
    return counter;
}

/// A.2.1: what the authentication starts with.
Block first_block(ByteView nonce, bool has_context, std::size_t text_size, std::size_t tag_size)
{
    Block first = counter_block(nonce, 0);
    first[0] =
        static_cast<std::uint8_t>(first[0] | (tag_size - 2) / 2 << 3 | (has_context ? 0x40U : 0U));
    put_number(first, text_size, 15 - nonce.size());
    return first;
}

class CbcMac {
  public:
    explicit CbcMac(const BlockCipher& aes) : aes_(aes) {}

    void add(ByteView data)
    {
        const std::size_t head = std::min(data.size(), (block - used_) % block);
        add_bytes(data.first(head));
        data = data.subspan(head);
        const std::size_t whole = data.size() - data.size() % block;
        add_blocks(data.first(whole));
        add_bytes(data.subspan(whole));
    }

    /// Fills the open block with zeros.
    void pad()
    {
        if (used_ != 0)
            close();
    }

    const Block& sum() const { return sum_; }

  private:
    void add_bytes(ByteView data)
    {
        for (const std::uint8_t byte : data)
            sum_[used_++] ^= byte;
        if (used_ == block)
            close();
    }

    void add_blocks(ByteView data)
    {
        SecureArray<chunk_size> discarded;
        while (!data.empty()) {
            const std::size_t size = std::min(data.size(), chunk_size);
            aes_.encrypt_chained(sum_.data(), data.data(), discarded.data(), size / block);
            data = data.subspan(size);
        }
    }

    void close()
    {
        aes_.encrypt(sum_.data(), sum_.data(), 1);
        used_ = 0;
    }

    const BlockCipher& aes_;
    Block sum_;
    std::size_t used_ = 0; // bytes in the open block
};

/// A.2.2: the length in 2 bytes, or FFFE and 4.
void add_context(CbcMac& mac, ByteView context)
{
    if (context.empty())
        return;
    std::uint8_t length[6] = {0xFF, 0xFE};
    const std::size_t size = context.size();
    const std::size_t number = size < 0xFF00 ? 2 : 4;
    for (std::size_t i = 0; i < number; ++i)
        length[5 - i] = static_cast<std::uint8_t>(size >> 8 * i);
    mac.add(number == 2 ? ByteView(length).last(2) : ByteView(length));
    mac.add(context);
    mac.pad();
}

/// Both directions: authenticates the plaintext chunk by chunk, and gives the whole tag.
template <class Step>
Block run(const BlockCipher& aes, ByteView nonce, ByteView context, std::size_t text_size,
          std::size_t tag_size, Step step)
{
    CbcMac mac(aes);
    mac.add(first_block(nonce, !context.empty(), text_size, tag_size));
    add_context(mac, context);
    Block counter = counter_block(nonce, 1);
    for (std::size_t done = 0; done < text_size; done += chunk_size)
        step(mac, counter, done, std::min(chunk_size, text_size - done));
    mac.pad();
    Block mask = counter_block(nonce, 0);
    aes.encrypt(mask.data(), mask.data(), 1);
    xor_block<block>(mask.data(), mask.data(), mac.sum().data());
    return mask;
}

} // namespace

void ccm_encrypt(const BlockCipher& aes, ByteView nonce, ByteView context, ByteView in,
                 std::uint8_t* out, MutableBytes tag)
{
    const Block whole = run(aes, nonce, context, in.size(), tag.size(),
                            [&](CbcMac& mac, Block& counter, std::size_t at, std::size_t size) {
                                mac.add(in.subspan(at, size));
                                counter_crypt(aes, counter, in.subspan(at, size), out + at);
                            });
    std::ranges::copy(ByteView(whole).first(tag.size()), tag.begin());
}

void ccm_decrypt(const BlockCipher& aes, ByteView nonce, ByteView context, ByteView in,
                 std::uint8_t* out, ByteView tag)
{
    const Block whole = run(aes, nonce, context, in.size(), tag.size(),
                            [&](CbcMac& mac, Block& counter, std::size_t at, std::size_t size) {
                                counter_crypt(aes, counter, in.subspan(at, size), out + at);
                                mac.add({out + at, size});
                            });
    if (constant_time_equal(ByteView(whole).first(tag.size()), tag))
        return;
    wipe(out, in.size());
    throw Error(Fault::auth_tag_mismatch);
}

} // namespace capishim::engine
