// SPDX-License-Identifier: BSD-2-Clause
// CryptGetHashParam and CryptSetHashParam: cryptoapi.md 7.1.
#include "csp/ciphers.h"
#include "csp/context.h"
#include "csp/data_blob.h"
#include "csp/hash_state.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

/// HMAC_INFO as it lies in the caller's memory: native pointers, natural alignment.
struct HmacInfo {
    std::uint32_t algorithm_id;
    const std::uint8_t* inner_string;
    std::uint32_t inner_size;
    const std::uint8_t* outer_string;
    std::uint32_t outer_size;
};
static_assert(sizeof(HmacInfo) == sizeof(HMAC_INFO));

ByteView pad_string(const std::uint8_t* data, std::uint32_t size)
{
    require(size == 0 || data != nullptr, Fault::invalid_parameter);
    return view(data, size);
}

} // namespace

void Hash::get_param(std::uint32_t param, OutBuffer& out)
{
    if (param == HP_ALGID)
        return out.write_u32(algorithm_id());
    require(param == HP_HASHSIZE || param == HP_HASHVAL, Fault::bad_type);   // U-138
    require(algorithm_->kind != HashKind::schannel_master, Fault::bad_type); // U-148
    const std::lock_guard lock(mutex_);
    if (param == HP_HASHSIZE)
        return out.write_u32(static_cast<std::uint32_t>(size_locked()));
    if (algorithm_->kind == HashKind::tls1_prf)
        return get_prf(out);
    if (out.offer(size_locked())) // U-04: being asked for the size finishes nothing
        out.write(finish_locked());
}

void Hash::set_param(std::uint32_t param, const std::uint8_t* data)
{
    require(data != nullptr, Fault::invalid_parameter);
    if (param == HP_HASHVAL)
        return set_value(data);
    if (param == HP_TLS1PRF_LABEL || param == HP_TLS1PRF_SEED)
        return set_prf_input(param, data);
    require(param == HP_HMAC_INFO && algorithm_->kind == HashKind::hmac, Fault::bad_type);
    set_hmac_info(data);
}

void Hash::set_value(const std::uint8_t* data)
{
    require(!algorithm_->keyed(), Fault::bad_type); // U-139
    const std::lock_guard lock(mutex_);
    State& state = *state_;
    require(!state.has_data && !state.finished, Fault::bad_hash_state); // U-137
    std::copy_n(data, algorithm_->size, state.value.begin());
    state.value_size = algorithm_->size;
    state.finished = true;
    state.hash.reset();
}

/// In either order (observed.md: KP_SCHANNEL_ALG), and again for another value.
void Hash::set_prf_input(std::uint32_t param, const std::uint8_t* data)
{
    require(algorithm_->kind == HashKind::tls1_prf, Fault::bad_type);
    SecureBytes input = secure_copy(read_data_blob(data));
    const std::lock_guard lock(mutex_);
    TlsPrf& prf = *state_->prf;
    (param == HP_TLS1PRF_LABEL ? prf.label : prf.seed) = std::move(input);
}

/// U-147: a query is told the usual size, a buffer is filled whatever its size.
void Hash::get_prf(OutBuffer& out)
{
    if (out.is_size_query()) {
        out.offer(size_locked());
        return;
    }
    const TlsPrf& prf = *state_->prf;
    require(prf.label && prf.seed, Fault::bad_hash_state);
    const std::string_view label(reinterpret_cast<const char*>(prf.label->data()),
                                 prf.label->size());
    out.write(cng::tls1_prf(prf.secret, label, *prf.seed, out.capacity()));
}

void Hash::set_hmac_info(const std::uint8_t* data)
{
    HmacInfo info;
    std::memcpy(&info, data, sizeof info);
    const HashRow& inner = require_hash(context_->profile(), info.algorithm_id);
    // U-145, and observed.md: HMAC over MD2
    require(inner.kind == HashKind::plain && inner.id != CALG_MD2, Fault::bad_algorithm);
    const ByteView inner_string = pad_string(info.inner_string, info.inner_size);
    const ByteView outer_string = pad_string(info.outer_string, info.outer_size);
    const std::lock_guard lock(mutex_);
    require(!state_->hash && !state_->finished, Fault::bad_hash_state); // U-146
    require(!key_.expired(), Fault::bad_key);
    state_->hash.emplace(cng_algorithm(inner.cng_id), state_->hmac_secret, inner_string,
                         outer_string);
    state_->hmac_secret = {};
}

} // namespace capishim::csp
