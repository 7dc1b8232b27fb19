// SPDX-License-Identifier: BSD-2-Clause
#include "cng/capi_version_3.h"

namespace capishim::cng {

CapiVersion3 read_capi_version_3(LittleEndianReader& reader, CapiPart part)
{
    const std::uint32_t prime_bits = reader.u32(), order_bits = reader.u32(),
                        cofactor_bits = reader.u32();
    const std::uint32_t secret_bits = part == CapiPart::private_key ? reader.u32() : 0;
    const auto number = [&](std::uint32_t bits) { return reversed(reader.bytes(bytes_for(bits))); };
    CapiVersion3 read;
    read.seed = read_dss_seed(reader);
    read.prime = number(prime_bits);
    read.order = number(order_bits);
    read.generator = number(prime_bits);
    read.cofactor = number(cofactor_bits);
    if (part != CapiPart::parameters)
        read.public_value = number(prime_bits);
    read.secret = reversed<SecureBytes>(reader.bytes(bytes_for(secret_bits)));
    require(prime_bits != 0 && bit_length(read.prime) == prime_bits, Fault::bad_data);
    return read;
}

void write_capi_version_3(LittleEndianWriter<SecureBytes>& writer, const CapiVersion3& numbers,
                          CapiPart part)
{
    writer.u32(static_cast<std::uint32_t>(bit_length(numbers.prime)));
    writer.u32(bits_of(numbers.order));
    writer.u32(bits_of(numbers.cofactor));
    if (part == CapiPart::private_key)
        writer.u32(bits_of(numbers.secret));
    write_dss_seed(writer, numbers.seed);
    for (const ByteView number : {ByteView(numbers.prime), ByteView(numbers.order),
                                  ByteView(numbers.generator), ByteView(numbers.cofactor)})
        write_little(writer, number);
    if (part != CapiPart::parameters)
        write_little(writer, numbers.public_value);
    if (part == CapiPart::private_key)
        write_little(writer, numbers.secret);
}

} // namespace capishim::cng
