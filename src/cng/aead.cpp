// SPDX-License-Identifier: BSD-2-Clause
#include "cng/aead.h"

#include "cng/cipher_call.h"
#include "engine/ccm.h"

namespace capishim::cng {
namespace {

constexpr std::size_t max_tag = 16;
constexpr std::uint64_t max_gcm_text = (std::uint64_t{1} << 36) - 32;

constexpr AeadRules gcm_rules = {{12, 16, 1}, 12, 12, true};
constexpr AeadRules ccm_rules = {{4, 16, 2}, 7, 13, false};
constexpr AeadRules chacha_rules = {{16, 16, 0}, 12, 12, false};

bool tag_fits(const KeyLengths& lengths, std::size_t size)
{
    if (size < lengths.min_bits || size > lengths.max_bits)
        return false;
    return lengths.step_bits == 0 || (size - lengths.min_bits) % lengths.step_bits == 0;
}

/// CCM's length field has what the nonce leaves of 15 bytes.
bool text_fits(const AeadRules& rules, std::size_t nonce, std::size_t text)
{
    const std::size_t length_bits = 8 * (15 - nonce);
    return &rules != &ccm_rules || length_bits >= 64 || std::uint64_t{text} >> length_bits == 0;
}

/// The checks of the structure that need no state, in its members' order.
void check(const AeadRules& rules, const AuthInfo& auth, std::size_t text)
{
    const bool chained = auth.more || auth.in_progress;
    const bool wants_tag = !auth.more || auth.tag.data() != nullptr;
    require(!chained || rules.chains, Fault::not_supported);
    require(auth.nonce.size() >= rules.min_nonce && auth.nonce.size() <= rules.max_nonce,
            Fault::invalid_parameter); // N-129, N-130
    require(!wants_tag || tag_fits(rules.tag_bytes, auth.tag.size()),
            Fault::invalid_parameter); // N-131
    require(text_fits(rules, auth.nonce.size(), text), Fault::invalid_parameter);
}

/// N-135: associated data goes before all text, in pieces of whole blocks but for the last.
bool takes_context(const AuthInfo& auth)
{
    if (auth.text_size != 0 || auth.context.empty())
        return false;
    require(auth.context_size % engine::gcm_block == 0, Fault::invalid_parameter);
    require(auth.context.size() <= UINT32_MAX - auth.context_size, Fault::invalid_parameter);
    return true;
}

} // namespace

const AeadRules* aead_rules(const Algorithm& algorithm, ChainingMode mode) noexcept
{
    if (algorithm.family == Family::aead)
        return &chacha_rules;
    if (mode == ChainingMode::gcm)
        return &gcm_rules;
    return mode == ChainingMode::ccm ? &ccm_rules : nullptr;
}

/// A call whose arguments have been checked. The tag, as it came or as it is to go, is kept apart:
/// the output may lie over it.
struct AeadCipher::Work {
    SymmetricKey& key;
    bool encrypting;
    const AuthInfo& auth;
    ByteView in;
    std::uint8_t* out;
    SecureArray<max_tag> tag = {};

    MutableBytes cut_tag() { return MutableBytes(tag).first(auth.tag.size()); }
};

void AeadCipher::encrypt(SymmetricKey& key, const CipherCall& call, OutBuffer& out)
{
    run(key, true, call, out);
}

void AeadCipher::decrypt(SymmetricKey& key, const CipherCall& call, OutBuffer& out)
{
    run(key, false, call, out);
}

void AeadCipher::run(SymmetricKey& key, bool encrypting, const CipherCall& call, OutBuffer& out)
{
    require((call.flags & ~cipher_flags) == 0, Fault::invalid_parameter);
    const bool pad = (call.flags & BCRYPT_BLOCK_PADDING) != 0;
    const std::size_t size = call.input.size();
    const std::size_t block = key.block_length();
    // N-218: nothing in and nowhere to put it is an empty message, not a size query
    const bool empty_message = out.is_size_query() && !call.input.data() && size == 0;
    // observed.md part 2 B: the room is judged first, as if the mode could pad
    if (!empty_message && !out.offer(pad && encrypting ? (size / block + 1) * block : size))
        return;
    require(!pad && call.padding.auth, Fault::invalid_parameter);
    require(call.input.data() != nullptr || size == 0, Fault::invalid_parameter);
    AuthInfo auth = call.padding.auth->read();
    check(*aead_rules(key.algorithm(), key.chaining_mode()), auth, size);
    if (auth.more && size % engine::gcm_block != 0)
        refuse_length(call, out);
    const Input input(call.input, out.room().first(size));
    Work work{key, encrypting, auth, input.bytes(), out.room().data()};
    std::ranges::copy(auth.tag, work.tag.begin());
    if (auth.more || auth.in_progress) {
        run_piece(work, auth, call.iv);
        call.padding.auth->store(auth);
    } else {
        run_whole(work);
    }
    if (encrypting && !auth.more)
        std::ranges::copy(work.cut_tag(), auth.tag.begin());
    out.written(size);
}

void AeadCipher::run_whole(Work& work)
{
    if (work.key.chaining_mode() == ChainingMode::ccm)
        run_ccm(work);
    else
        run_botan(work);
}

void AeadCipher::run_ccm(Work& work)
{
    const AuthInfo& auth = work.auth;
    const engine::BlockCipher& aes = work.key.cipher();
    if (work.encrypting)
        engine::ccm_encrypt(aes, auth.nonce, auth.context, work.in, work.out, work.cut_tag());
    else
        engine::ccm_decrypt(aes, auth.nonce, auth.context, work.in, work.out, work.cut_tag());
}

void AeadCipher::run_botan(Work& work)
{
    const AuthInfo& auth = work.auth;
    engine::Aead& engine = engine_for(work);
    if (work.encrypting)
        engine.encrypt(auth.nonce, auth.context, work.in, work.out, work.tag.data());
    else
        engine.decrypt(auth.nonce, auth.context, work.in, work.out, work.tag.data());
}

/// Tags are made whole and cut; to check a cut one takes an engine of that length.
engine::Aead& AeadCipher::engine_for(const Work& work)
{
    const engine::AeadId id = work.key.algorithm().family == Family::aead
                                  ? engine::AeadId::chacha20_poly1305
                                  : engine::AeadId::aes_gcm;
    const std::size_t tag_size = work.encrypting ? max_tag : work.auth.tag.size();
    auto& engine = work.encrypting ? encryptor_ : decryptor_;
    if (!engine || engine->tag_size() != tag_size)
        engine = std::make_unique<engine::Aead>(id, work.key.secret(), work.encrypting, tag_size);
    return *engine;
}

namespace {

/// What a call of a chain starts from.
engine::GcmState resume(const engine::Gcm& gcm, AuthInfo& auth, ByteView counter)
{
    engine::GcmState state = gcm.start(auth.nonce);
    if (auth.in_progress) {
        std::ranges::copy(auth.mac_context.first(engine::gcm_block), state.accumulator.begin());
        std::ranges::copy(counter, state.counter.begin());
    } else {
        auth.context_size = 0;
        auth.text_size = 0;
    }
    return state;
}

} // namespace

void AeadCipher::run_piece(Work& work, AuthInfo& auth, MutableBytes counter)
{
    require(counter.size() == engine::gcm_block, Fault::invalid_parameter); // N-134
    require(auth.mac_context.size() >= engine::gcm_block, Fault::invalid_parameter);
    const engine::BlockCipher& aes = work.key.cipher();
    if (!gcm_)
        gcm_.emplace(aes);
    engine::GcmState state = resume(*gcm_, auth, counter);
    require(auth.text_size <= max_gcm_text && work.in.size() <= max_gcm_text - auth.text_size,
            Fault::invalid_parameter);
    if (takes_context(auth)) {
        gcm_->authenticate(state, auth.context);
        auth.context_size += static_cast<std::uint32_t>(auth.context.size());
    }
    auth.text_size += work.in.size();
    const auto crypt = work.encrypting ? &engine::Gcm::encrypt : &engine::Gcm::decrypt;
    ((*gcm_).*crypt)(aes, state, work.in, work.out);
    if (!auth.more)
        return finish_chain(work, auth, state);
    std::ranges::copy(state.accumulator, auth.mac_context.begin());
    std::ranges::copy(state.counter, counter.begin());
    auth.in_progress = true;
}

/// Of text that came in earlier calls nothing can be wiped any more.
void AeadCipher::finish_chain(Work& work, AuthInfo& auth, const engine::GcmState& state)
{
    const auto tag =
        gcm_->tag(work.key.cipher(), state, auth.nonce, auth.context_size, auth.text_size);
    const ByteView cut = ByteView(tag).first(auth.tag.size());
    if (work.encrypting) {
        work.tag = tag;
    } else if (!constant_time_equal(cut, work.cut_tag())) {
        wipe(work.out, work.in.size());
        throw Error(Fault::auth_tag_mismatch);
    }
    auth.in_progress = false; // N-136: the structure can serve again
    auth.context_size = 0;
    auth.text_size = 0;
}

} // namespace capishim::cng
