// SPDX-License-Identifier: BSD-2-Clause
// Hash and HMAC objects: cng.md 7.1 and 7.2.
#include "cng/hash.h"

namespace capishim::cng {
namespace {

using State = std::variant<std::unique_ptr<engine::Hash>, std::unique_ptr<engine::Hmac>>;

State copy_of(const State& state)
{
    if (const auto* const plain = std::get_if<0>(&state))
        return (*plain)->copy();
    return std::make_unique<engine::Hmac>(*std::get<1>(state));
}

} // namespace

Hash::Hash(const Algorithm& algorithm, bool reusable)
    : algorithm_(&algorithm), reusable_(reusable), state_(engine::make_hash(algorithm.hash))
{
}

Hash::Hash(const Algorithm& algorithm, bool reusable, ByteView secret)
    : algorithm_(&algorithm), reusable_(reusable),
      state_(std::make_unique<engine::Hmac>(algorithm.hash, secret))
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
    return std::holds_alternative<std::unique_ptr<engine::Hmac>>(state_);
}

std::size_t Hash::size() const noexcept
{
    return engine::hash_size(algorithm_->hash);
}

void Hash::update(ByteView data)
{
    require(!finished_, Fault::bad_hash_state); // before "no data, nothing to do": observed.md C
    if (!data.empty())
        std::visit([&](auto& state) { state->update(data); }, state_);
}

void Hash::finish(MutableBytes out)
{
    require(!finished_, Fault::bad_hash_state);
    require(out.size() == size(), Fault::invalid_parameter);
    std::visit([&](auto& state) { state->finish(out.data()); }, state_);
    if (reusable_)
        return;
    finished_ = true;
    std::visit([](auto& state) { state.reset(); }, state_); // nothing of it is needed any more
}

} // namespace capishim::cng
