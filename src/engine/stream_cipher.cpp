// SPDX-License-Identifier: BSD-2-Clause
// RC4 from Botan, keyed at the first use. Botan can't copy or rewind a running RC4, so a copy keeps
// the position only and, when it is used, runs the key stream up to there.
#include "engine/stream_cipher.h"

#include "engine/prototype.h"

#include <botan/stream_cipher.h>

#include <array>

namespace capishim::engine {

struct Rc4::State {
    SecureBytes key;
    std::uint64_t position = 0;
    std::unique_ptr<Botan::StreamCipher> cipher; // null until used
    bool in_step = false;                        // the cipher stands at `position`

    void get_in_step();
};

namespace {

std::unique_ptr<Botan::StreamCipher> make_botan_rc4()
{
    static const Prototypes<Botan::StreamCipher, 1> prototypes({"RC4"});
    return prototypes.make(0);
}

void skip(Botan::StreamCipher& cipher, std::uint64_t count)
{
    SecureArray<4096> discarded;
    while (count > 0) {
        const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(count, 4096));
        cipher.cipher(discarded.data(), discarded.data(), step);
        count -= step;
    }
}

} // namespace

void Rc4::State::get_in_step()
{
    translate([this] {
        if (!cipher)
            cipher = make_botan_rc4();
        cipher->set_key(key.data(), key.size());
        skip(*cipher, position);
        in_step = true;
    });
}

Rc4::Rc4(ByteView key, std::uint64_t position) : state_(std::make_unique<State>())
{
    require(!key.empty() && key.size() <= 256, Fault::bad_length);
    state_->key = secure_copy(key);
    state_->position = position;
}

Rc4::Rc4(const Rc4& other) : state_(std::make_unique<State>())
{
    state_->key = other.state_->key;
    state_->position = other.state_->position;
}

Rc4::~Rc4() = default;

void Rc4::apply(ByteView in, std::uint8_t* out)
{
    if (in.empty())
        return;
    State& state = *state_;
    if (!state.in_step)
        state.get_in_step();
    state.cipher->cipher(in.data(), out, in.size());
    state.position += in.size();
}

void Rc4::restart()
{
    if (state_->position == 0)
        return;
    state_->position = 0;
    state_->in_step = false;
}

std::uint64_t Rc4::position() const noexcept
{
    return state_->position;
}

} // namespace capishim::engine
