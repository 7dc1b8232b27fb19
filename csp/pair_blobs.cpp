// SPDX-License-Identifier: BSD-2-Clause
#include "csp/pair_blobs.h"

#include "base/row.h"
#include "cng/rsa_blobs.h"
#include "csp/blobs.h"
#include "csp/dh_pair.h"
#include "csp/dss_pair.h"
#include "csp/rsa_pair.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

using cng::CapiMagic;

// Readers stand behind the magic.

template <bool IsPrivate>
SharedNumbers read_dss_2(LittleEndianReader& reader)
{
    return std::make_shared<DssPair>(
        cng::CapiDsaKey{cng::read_capi_dsa_key(reader, IsPrivate, true), {}});
}

template <bool IsPrivate>
SharedNumbers read_dss_3(LittleEndianReader& reader)
{
    return std::make_shared<DssPair>(cng::read_capi_dsa_key_3(reader, IsPrivate, true));
}

SharedNumbers read_dh_public_2(LittleEndianReader& reader)
{
    return std::make_shared<DhPair>(cng::read_capi_dh_public_value(reader));
}

SharedNumbers read_dh_private_2(LittleEndianReader& reader)
{
    return std::make_shared<DhPair>(cng::read_capi_dh_pair(reader, true));
}

template <bool IsPrivate>
SharedNumbers read_dh_3(LittleEndianReader& reader)
{
    return std::make_shared<DhPair>(cng::read_capi_dh_key(reader, IsPrivate, true));
}

/// One form of a DSS or DH blob.
struct FormRow {
    CapiMagic magic;
    bool dss;
    std::uint8_t version;
    bool is_private;
    SharedNumbers (*read)(LittleEndianReader& reader);
};

constexpr FormRow forms[] = {
    {CapiMagic::dh_public_2, false, 2, false, read_dh_public_2},
    {CapiMagic::dss_public_2, true, 2, false, read_dss_2<false>},
    {CapiMagic::dh_private_2, false, 2, true, read_dh_private_2},
    {CapiMagic::dss_private_2, true, 2, true, read_dss_2<true>},
    {CapiMagic::dh_public_3, false, 3, false, read_dh_3<false>},
    {CapiMagic::dss_public_3, true, 3, false, read_dss_3<false>},
    {CapiMagic::dh_private_3, false, 3, true, read_dh_3<true>},
    {CapiMagic::dss_private_3, true, 3, true, read_dss_3<true>},
};
static_assert(sorted_by(forms, &FormRow::magic));

/// U-105: the documentation prints PUBLICKEYBLOB for the private blob of version 3.
bool type_fits(std::uint8_t type, const FormRow& form)
{
    if (form.magic == CapiMagic::dss_private_3 && type == PUBLICKEYBLOB)
        return true;
    return type == (form.is_private ? PRIVATEKEYBLOB : PUBLICKEYBLOB);
}

SharedNumbers read_form(const BlobHeader& header, LittleEndianReader& reader)
{
    const bool dss = header.algorithm_id == CALG_DSS_SIGN;
    require(header.version == 2 || header.version == 3, Fault::bad_version);
    const FormRow* const form =
        find_row(forms, &FormRow::magic, static_cast<CapiMagic>(reader.u32()));
    require(form != nullptr && form->dss == dss && type_fits(header.type, *form), Fault::bad_data);
    require(form->version == header.version, Fault::bad_version);
    return form->read(reader);
}

/// Of either ALG_ID, which the pair keeps (U-94).
PairBlob read_rsa(const BlobHeader& header, ByteView blob)
{
    require(header.version == 2, Fault::bad_version);
    cng::CapiRsaBlob read = cng::read_capi_rsa_blob(blob);
    return {read.algorithm_id, std::make_shared<RsaPair>(std::move(read.key))};
}

} // namespace

PairBlob read_pair_blob(ByteView blob)
{
    LittleEndianReader reader(blob);
    const BlobHeader header = read_blob_header(reader);
    switch (header.algorithm_id) {
    case CALG_RSA_SIGN:
    case CALG_RSA_KEYX:
        return read_rsa(header, blob);
    case CALG_DSS_SIGN:
    case CALG_DH_SF:
    case CALG_DH_EPHEM:
        return {header.algorithm_id, read_form(header, reader)};
    default:
        throw Error(Fault::bad_data);
    }
}

} // namespace capishim::csp
