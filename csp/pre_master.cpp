// SPDX-License-Identifier: BSD-2-Clause
#include "csp/pre_master.h"

#include "csp/random.h"

namespace capishim::csp {
namespace {

constexpr std::size_t padding_start = 2; // behind 00 02
constexpr std::size_t mark_size = 8;
constexpr std::uint8_t mark = 3;

/// cryptoapi.md 4.4 has the mark at the padding's first bytes, next to the 02; RFC 6101 E.2 has it
/// at the last, next to the 00. Both are written and either is found, so that both readings are
/// served.
struct Marks {
    MutableBytes first, last;
};

Marks marks_of(MutableBytes padding)
{
    return {padding.first(mark_size), padding.last(mark_size)};
}

bool is_mark(ByteView bytes)
{
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == mark; });
}

bool has_mark(SecureBytes& block)
{
    const MutableBytes behind = MutableBytes(block).subspan(padding_start);
    const auto end = std::ranges::find(behind, 0);
    const MutableBytes padding(behind.begin(), end);
    if (padding.size() < mark_size)
        return false;
    const Marks marks = marks_of(padding);
    return is_mark(marks.first) || is_mark(marks.last);
}

/// A number that isn't below the modulus is a bad envelope like any other: zeros.
SecureBytes open_block(const cng::RsaKey& rsa, ByteView ciphertext)
{
    try {
        return rsa.private_operation(ciphertext);
    } catch (const Error& error) {
        require(error.fault() == Fault::bad_data, error.fault());
        return SecureBytes(rsa.size());
    }
}

} // namespace

Bytes seal_fallback(const cng::RsaKey& rsa, ByteView secret)
{
    SecureBytes block = cng::pkcs1_encode(secret, rsa.size());
    const std::size_t padding_size = block.size() - padding_start - 1 - secret.size();
    const Marks marks = marks_of(MutableBytes(block).subspan(padding_start, padding_size));
    std::ranges::fill(marks.first, mark);
    std::ranges::fill(marks.last, mark);
    return rsa.public_operation(block);
}

SecureBytes open_pre_master(const MasterRow& row, const cng::RsaKey& rsa, ByteView ciphertext,
                            bool refuse_fallback)
{
    SecureBytes block = open_block(rsa, ciphertext);
    require(!refuse_fallback || !has_mark(block), Fault::bad_data);
    if (!row.fixed_size())
        return cng::pkcs1_decode(block);
    SecureArray<pre_master_size> other;
    random_bytes(other);
    return cng::pkcs1_decode_or(block, other);
}

} // namespace capishim::csp
