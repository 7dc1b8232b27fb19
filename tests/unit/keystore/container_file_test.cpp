// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/container_file.h"
#include "support/fault_check.h"

using namespace capishim;
using namespace capishim::csp;

namespace {

const Bytes key(32, 0x11);

ContainerFile container_with_both_pairs()
{
    ContainerFile container{{1, 2, 3}, "A name with \\ and / in it", {}};
    container.pair(KeySpec::exchange) = StoredPair{SecureBytes(300, 0x22), true, false, {}};
    container.pair(KeySpec::signature) =
        StoredPair{SecureBytes(20, 0x33), false, true, Bytes{4, 5, 6}};
    return container;
}

bool same(const ContainerFile& a, const ContainerFile& b)
{
    return a.id == b.id && a.name == b.name && a.pairs == b.pairs;
}

} // namespace

BOOST_AUTO_TEST_SUITE(container_file)

BOOST_AUTO_TEST_CASE(reads_back_what_was_written)
{
    const ContainerFile both = container_with_both_pairs();
    BOOST_CHECK(same(decode(encode(both, key), key), both));
    const ContainerFile empty{{7}, "", {}};
    BOOST_CHECK(same(decode(encode(empty, key), key), empty));
    BOOST_CHECK_EQUAL(decode_name(encode(both, key)), both.name);
}

BOOST_AUTO_TEST_CASE(holds_no_key_in_the_clear)
{
    const Bytes file = encode(container_with_both_pairs(), key);
    const Bytes part(8, 0x22);
    BOOST_CHECK(std::search(file.begin(), file.end(), part.begin(), part.end()) == file.end());
}

BOOST_AUTO_TEST_CASE(a_changed_bit_anywhere_is_refused)
{
    const Bytes file = encode(container_with_both_pairs(), key);
    for (std::size_t i = 0; i < file.size(); ++i)
        for (const int bit : {0, 7}) {
            Bytes changed = file;
            changed[i] = static_cast<std::uint8_t>(changed[i] ^ 1 << bit);
            CHECK_FAULT(decode(changed, key), Fault::bad_keyset_entry);
        }
}

BOOST_AUTO_TEST_CASE(a_file_cut_anywhere_is_refused)
{
    Bytes file = encode(container_with_both_pairs(), key);
    while (!file.empty()) {
        file.pop_back();
        CHECK_FAULT(decode(file, key), Fault::bad_keyset_entry);
    }
}

BOOST_AUTO_TEST_CASE(bytes_behind_the_end_are_refused)
{
    Bytes file = encode(container_with_both_pairs(), key);
    file.push_back(0);
    CHECK_FAULT(decode(file, key), Fault::bad_keyset_entry);
}

BOOST_AUTO_TEST_CASE(another_key_is_refused)
{
    const Bytes file = encode(container_with_both_pairs(), key);
    CHECK_FAULT(decode(file, Bytes(32, 0x12)), Fault::bad_keyset_entry);
}

BOOST_AUTO_TEST_SUITE_END()
