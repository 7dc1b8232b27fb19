// SPDX-License-Identifier: BSD-2-Clause
// Writes inputs that the fuzz targets container_file and key_info start from.
// usage: make_container_corpus FOLDER
#include "csp/keystore/container_file.h"
#include "csp/keystore/passphrase.h"
#include "engine/pkcs8.h"

#include <capishim/wincrypt.h>

#include <filesystem>
#include <fstream>

namespace {

using namespace capishim;
using namespace capishim::csp;

std::filesystem::path root;

void write(const char* target, const char* name, ByteView input)
{
    std::filesystem::create_directories(root / target);
    std::ofstream out(root / target / name, std::ios::binary);
    out.write(reinterpret_cast<const char*>(input.data()),
              static_cast<std::streamsize>(input.size()));
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 2)
        return 1;
    root = arguments[1];
    const Bytes passphrase = {'f', 'u', 'z', 'z'}; // the target's, as the id is
    ContainerFile container{{1, 2, 3}, 1, "a %name\n", {}};
    write("container_file", "empty", encode(container, passphrase));
    const SecureBytes info = engine::write_rsa_key_info(*engine::RsaKey::generate(512));
    container.pair(KeySpec::exchange) = StoredPair{CALG_RSA_KEYX, info, {}, true, false, {}};
    write("container_file", "exchange", encode(container, passphrase));
    container.pair(KeySpec::signature) =
        StoredPair{CALG_RSA_SIGN, info, Bytes(24, 1), false, true, Bytes{0x30, 1, 0}};
    write("container_file", "both", encode(container, passphrase));

    write("key_info", "plain", info);
    write("key_info", "encrypted",
          engine::encrypt_key_info(info, {Bytes(16, 1), 1}, SecureBytes(32, 1)));
}
