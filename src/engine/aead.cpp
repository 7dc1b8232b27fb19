// SPDX-License-Identifier: BSD-2-Clause
// Botan works in place and appends the tag to a vector of its own: here only the bytes behind the
// last whole chunk pass through that vector.
#include "engine/aead.h"

#include "engine/botan_compat.h"
#include "engine/botan_faults.h"

namespace capishim::engine {
namespace {

/// Stays in the first-level cache between Botan's two passes, and is a multiple of every
/// granularity.
constexpr std::size_t chunk_size = 8192;

std::string name_of(AeadId id, std::size_t key_size, std::size_t tag_size)
{
    if (id == AeadId::chacha20_poly1305)
        return "ChaCha20Poly1305";
    std::string name = "AES-";
    name += std::to_string(8 * key_size);
    name += "/GCM(";
    name += std::to_string(tag_size);
    name += ')';
    return name;
}

} // namespace

struct Aead::Mode {
    std::unique_ptr<Botan::AEAD_Mode> botan;
    std::size_t granularity;
    Botan::secure_vector<std::uint8_t> tail;
};

Aead::Aead(AeadId id, ByteView key, bool encrypting, std::size_t tag_size) : tag_size_(tag_size)
{
    translate([&] {
        auto botan = compat::make_aead(name_of(id, key.size(), tag_size).c_str(), encrypting);
        botan->set_key(key.data(), key.size());
        const std::size_t granularity = botan->update_granularity();
        mode_ = std::make_unique<Mode>(Mode{std::move(botan), granularity, {}});
    });
}

Aead::~Aead() = default;

void Aead::start(ByteView nonce, ByteView context)
{
    mode_->botan->set_associated_data(context.data(), context.size());
    mode_->botan->start(nonce.data(), nonce.size());
}

/// All but the last bytes, which go to the tail. @return how many were done
std::size_t Aead::process(ByteView in, std::uint8_t* out)
{
    const std::size_t whole = in.size() - in.size() % mode_->granularity;
    for (std::size_t done = 0; done < whole;) {
        const std::size_t size = std::min(chunk_size, whole - done);
        if (out != in.data())
            std::memcpy(out + done, in.data() + done, size);
        mode_->botan->process(out + done, size);
        done += size;
    }
    mode_->tail.assign(in.begin() + static_cast<std::ptrdiff_t>(whole), in.end());
    return whole;
}

/// A message that is broken off leaves the mode ready for the next one.
template <class Body>
void Aead::message(Body body)
{
    try {
        translate(body);
    } catch (...) {
        mode_->botan->reset();
        throw;
    }
}

void Aead::encrypt(ByteView nonce, ByteView context, ByteView in, std::uint8_t* out,
                   std::uint8_t* tag)
{
    message([&] {
        start(nonce, context);
        const std::size_t done = process(in, out);
        mode_->botan->finish(mode_->tail);
        const ByteView tail(mode_->tail);
        std::ranges::copy(tail.first(in.size() - done), out + done);
        std::ranges::copy(tail.last(tag_size_), tag);
    });
}

void Aead::decrypt(ByteView nonce, ByteView context, ByteView in, std::uint8_t* out,
                   const std::uint8_t* tag)
{
    const auto wipe_tail = [&] { wipe(mode_->tail); };
    try {
        message([&] {
            start(nonce, context);
            const std::size_t done = process(in, out);
            mode_->tail.insert(mode_->tail.end(), tag, tag + tag_size_);
            mode_->botan->finish(mode_->tail);
            std::ranges::copy(mode_->tail, out + done);
        });
        wipe_tail();
    } catch (...) {
        wipe_tail();
        wipe(out, in.size());
        throw;
    }
}

} // namespace capishim::engine
