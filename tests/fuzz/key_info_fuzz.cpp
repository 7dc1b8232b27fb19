// SPDX-License-Identifier: BSD-2-Clause
// The readers of PKCS #8 and PBES2 with any bytes. What is read is written as it was read.
#include "engine/pkcs8.h"

#include <cstdlib>

namespace {

using namespace capishim;

template <class Body>
void expect_bad_data_only(Body body)
{
    try {
        body();
    } catch (const Error& error) {
        if (error.fault() != Fault::bad_data)
            std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView input(data, size);
    expect_bad_data_only([&] {
        const auto key = engine::read_rsa_key_info(input);
        const SecureBytes written = engine::write_rsa_key_info(*key);
        if (engine::write_rsa_key_info(*engine::read_rsa_key_info(written)) != written)
            std::abort();
    });
    expect_bad_data_only([&] {
        engine::decrypt_key_info(input,
                                 [](const engine::KeyStretching&) { return SecureBytes(32, 1); });
    });
    return 0;
}
