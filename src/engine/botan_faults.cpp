// SPDX-License-Identifier: BSD-2-Clause
// The table of Botan's error kinds. The values of Botan::ErrorType agree between Botan 2 and 3;
// which class derives from which does not, so only the kind is looked at.
#include "engine/botan_faults.h"

#include "base/row.h"

#include <botan/exceptn.h>

#include <array>
#include <new>

namespace capishim::engine {
namespace {

using Kind = Botan::ErrorType;

struct KindRow {
    Kind kind;
    Fault fault;
};

constexpr std::array kinds = {
    KindRow{Kind::NotImplemented, Fault::not_supported},
    KindRow{Kind::OutOfMemory, Fault::out_of_memory},
    KindRow{Kind::InvalidArgument, Fault::bad_data},
    KindRow{Kind::InvalidKeyLength, Fault::bad_length},
    KindRow{Kind::InvalidNonceLength, Fault::bad_length},
    KindRow{Kind::LookupError, Fault::not_supported},
    KindRow{Kind::EncodingFailure, Fault::bad_data},
    KindRow{Kind::DecodingFailure, Fault::bad_data},
    KindRow{Kind::InvalidTag, Fault::auth_tag_mismatch},
};
static_assert(sorted_by(kinds, &KindRow::kind));

Fault fault_of(Kind kind)
{
    const auto* row = find_row(kinds, &KindRow::kind, kind);
    return row ? row->fault : Fault::internal;
}

} // namespace

void rethrow_as_error()
{
    try {
        throw;
    } catch (const Error&) {
        throw;
    } catch (const Botan::Exception& error) {
        throw Error(fault_of(error.error_type()));
    } catch (const std::bad_alloc&) {
        throw Error(Fault::out_of_memory);
    } catch (const std::exception&) {
        throw Error(Fault::internal);
    }
}

} // namespace capishim::engine
