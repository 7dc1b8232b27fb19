// SPDX-License-Identifier: BSD-2-Clause
// The states of cng.md 7.1, over every function of the hash interface.
#include "cng/hash.h"

namespace capishim::cng {
namespace {

std::unique_ptr<engine::Hash> copied(const engine::Hash& hash)
{
    return hash.copy();
}

template <class Function>
std::unique_ptr<Function> copied(const Function& function)
{
    return std::make_unique<Function>(function);
}

template <class Function>
void finish_into(Function& function, MutableBytes out)
{
    function.finish(out.data());
}

void finish_into(engine::Xof& xof, MutableBytes out)
{
    xof.finish(out);
}

} // namespace

std::uint32_t hash_length(const Algorithm& algorithm) noexcept
{
    switch (algorithm.family) {
    case Family::hash:
        return static_cast<std::uint32_t>(engine::hash_size(algorithm.hash));
    case Family::xof:
        return static_cast<std::uint32_t>(engine::xof_size(algorithm.xof));
    default:
        return engine::mac_block_size;
    }
}

Hash::State Hash::unkeyed(const Algorithm& algorithm)
{
    if (algorithm.family == Family::xof)
        return std::make_unique<engine::Xof>(algorithm.xof);
    return engine::make_hash(algorithm.hash);
}

Hash::State Hash::keyed_with(const Algorithm& algorithm, ByteView secret)
{
    switch (algorithm.family) {
    case Family::cmac:
        return std::make_unique<engine::Cmac>(secret);
    case Family::gmac:
        return std::make_unique<engine::Gmac>(secret);
    case Family::xof:
        return std::make_unique<engine::Xof>(algorithm.xof, secret);
    default:
        return std::make_unique<engine::Hmac>(algorithm.hash, secret);
    }
}

Hash::State Hash::copy_of(const State& state)
{
    return std::visit([](const auto& function) -> State { return copied(*function); }, state);
}

Hash::Hash(const Algorithm& algorithm, bool reusable)
    : algorithm_(&algorithm), reusable_(reusable), state_(unkeyed(algorithm))
{
}

Hash::Hash(const Algorithm& algorithm, bool reusable, ByteView secret)
    : algorithm_(&algorithm), reusable_(reusable), state_(keyed_with(algorithm, secret))
{
}

Hash::Hash(const Algorithm& algorithm, ByteView secret, ByteView inner_string,
           ByteView outer_string)
    : algorithm_(&algorithm), reusable_(false),
      state_(std::make_unique<engine::Hmac>(algorithm.hash, secret, inner_string, outer_string))
{
}

Hash::Hash(const Hash& other) : algorithm_(other.algorithm_), reusable_(other.reusable_)
{
    require(!other.finished_, Fault::bad_hash_state);
    state_ = copy_of(other.state_);
}

Hash::~Hash() = default;

bool Hash::keyed() const noexcept
{
    if (algorithm_->family == Family::xof)
        return engine::is_keyed(algorithm_->xof);
    return !std::holds_alternative<std::unique_ptr<engine::Hash>>(state_);
}

void Hash::update(ByteView data)
{
    require(!finished_, Fault::bad_hash_state); // before "no data, nothing to do": observed.md C
    if (const auto* const xof = std::get_if<std::unique_ptr<engine::Xof>>(&state_))
        require(!(*xof)->squeezing(), Fault::invalid_parameter); // N-206
    if (!data.empty())
        std::visit([&](auto& function) { function->update(data); }, state_);
}

bool Hash::gives(std::size_t length) const noexcept
{
    return algorithm_->family == Family::xof || length == size(); // N-212
}

void Hash::finish(MutableBytes out)
{
    require(!finished_, Fault::bad_hash_state);
    require(gives(out.size()), Fault::invalid_parameter);
    std::visit([&](auto& function) { finish_into(*function, out); }, state_);
    if (reusable_)
        return;
    finished_ = true;
    std::visit([](auto& function) { function.reset(); },
               state_); // nothing of it is needed any more
}

void Hash::squeeze(MutableBytes out)
{
    require(algorithm_->family == Family::xof, Fault::bad_flags);
    require(!finished_, Fault::bad_hash_state);
    std::get<std::unique_ptr<engine::Xof>>(state_)->squeeze(out);
}

engine::Gmac* Hash::gmac() const noexcept
{
    const auto* const held = std::get_if<std::unique_ptr<engine::Gmac>>(&state_);
    return held ? held->get() : nullptr;
}

void Hash::set_nonce(ByteView nonce)
{
    require(algorithm_->family == Family::gmac, Fault::not_supported);
    require(!finished_, Fault::bad_hash_state);
    gmac()->set_nonce(nonce);
}

ByteView Hash::nonce() const
{
    const engine::Gmac* const running = gmac();
    require(running && running->nonce(), Fault::not_supported);
    return *running->nonce();
}

} // namespace capishim::cng
