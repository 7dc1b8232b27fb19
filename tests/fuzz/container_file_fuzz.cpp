// SPDX-License-Identifier: BSD-2-Clause
// The reader of a key container's file with any text: as it is, and with MAC and checksum made good
// so that what lies behind them is reached. What was read is written so that it reads the same.
#include "csp/keystore/container_file.h"
#include "csp/keystore/passphrase.h"
#include "engine/pkcs8.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace {

using namespace capishim;
using namespace capishim::csp;

const Bytes passphrase = {'f', 'u', 'z', 'z'};
constexpr ContainerId id = {1, 2, 3}; // of the kept inputs, whose keys are good under it

/// A stranger's count of iterations would only make the fuzzer wait.
std::string quick(const std::string& text)
{
    const std::string field = "\niterations: ";
    const std::size_t place = text.find(field);
    if (place == std::string::npos)
        return text;
    const std::size_t start = place + field.size();
    const std::size_t end = std::min(text.find('\n', start), text.size());
    return end - start <= 3 ? text : text.substr(0, start) + '1' + text.substr(end);
}

std::string made_good(std::string text)
{
    text = quick(text.substr(0, text.rfind("mac: ")));
    const auto keys = container_keys(passphrase, {Bytes(id.begin(), id.end()), 1});
    return signed_text(std::move(text), keys->mac);
}

void read_keys(const ContainerFile& container)
{
    for (const auto& pair : container.pairs)
        try {
            if (pair)
                engine::read_rsa_key_info(pair->key_info);
        } catch (const Error&) {
        }
}

/// Only the two faults that opening a container may show.
bool is_expected(Fault fault)
{
    return fault == Fault::bad_keyset_entry || fault == Fault::bad_key_state;
}

void read(const std::string& text)
{
    const ByteView file = view(text.data(), text.size());
    try {
        decode_name(file);
    } catch (const Error& error) {
        if (!is_expected(error.fault()))
            std::abort();
    }
    try {
        const ContainerFile container = decode(file, passphrase);
        read_keys(container);
        const ContainerFile again = decode(encode(container, passphrase), passphrase);
        if (again.name != container.name || again.pairs != container.pairs)
            std::abort();
    } catch (const Error& error) {
        if (!is_expected(error.fault()))
            std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(data, data + size);
    read(quick(text));
    read(made_good(text));
    return 0;
}
