// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/container_file.h"
#include "csp/keystore/passphrase.h"
#include "support/fault_check.h"

#include <capishim/wincrypt.h>

using namespace capishim;
using namespace capishim::csp;

namespace {

const Bytes phrase = {'a', ' ', 'p', 'h', 'r', 'a', 's', 'e'};

ContainerFile container_with_both_pairs()
{
    ContainerFile container{{1, 2, 3}, 1, "A name with \\, %, / and \n in it", {}};
    container.pair(KeySpec::exchange) =
        StoredPair{CALG_RSA_KEYX, SecureBytes(300, 0x22), {}, true, false, {}};
    container.pair(KeySpec::signature) =
        StoredPair{CALG_DSS_SIGN, SecureBytes(20, 0x33), Bytes{7, 8}, false, true, Bytes{4, 5, 6}};
    return container;
}

bool same(const ContainerFile& a, const ContainerFile& b)
{
    return a.id == b.id && a.iterations == b.iterations && a.name == b.name && a.pairs == b.pairs;
}

} // namespace

BOOST_AUTO_TEST_SUITE(container_file)

BOOST_AUTO_TEST_CASE(reads_back_what_was_written)
{
    const ContainerFile both = container_with_both_pairs();
    BOOST_CHECK(same(decode(encode(both, phrase), phrase), both));
    const ContainerFile empty{{7}, 2, "", {}};
    BOOST_CHECK(same(decode(encode(empty, phrase), phrase), empty));
    BOOST_CHECK_EQUAL(decode_name(encode(both, phrase)), both.name);
}

BOOST_AUTO_TEST_CASE(holds_no_key_in_the_clear)
{
    const Bytes file = encode(container_with_both_pairs(), phrase);
    const Bytes part(8, 0x22);
    BOOST_CHECK(std::search(file.begin(), file.end(), part.begin(), part.end()) == file.end());
}

BOOST_AUTO_TEST_CASE(a_changed_bit_anywhere_is_refused)
{
    const Bytes file = encode(container_with_both_pairs(), phrase);
    for (std::size_t i = 0; i < file.size(); ++i)
        for (const int bit : {0, 7}) {
            Bytes changed = file;
            changed[i] = static_cast<std::uint8_t>(changed[i] ^ 1 << bit);
            CHECK_FAULT(decode(changed, phrase), Fault::bad_keyset_entry);
        }
}

BOOST_AUTO_TEST_CASE(a_file_cut_anywhere_is_refused)
{
    Bytes file = encode(container_with_both_pairs(), phrase);
    while (!file.empty()) {
        file.pop_back();
        CHECK_FAULT(decode(file, phrase), Fault::bad_keyset_entry);
    }
}

BOOST_AUTO_TEST_CASE(bytes_behind_the_end_are_refused)
{
    Bytes file = encode(container_with_both_pairs(), phrase);
    file.push_back(0);
    CHECK_FAULT(decode(file, phrase), Fault::bad_keyset_entry);
}

// cryptoapi.md 10.3: the protecting password was changed
BOOST_AUTO_TEST_CASE(a_whole_file_of_another_passphrase_is_told_from_a_damaged_one)
{
    const Bytes file = encode(container_with_both_pairs(), phrase);
    CHECK_FAULT(decode(file, Bytes{'a'}), Fault::bad_key_state);
}

BOOST_AUTO_TEST_CASE(looks_as_its_page_says)
{
    const Bytes file = encode(container_with_both_pairs(), phrase);
    const std::string text(file.begin(), file.end());
    const std::string start = "capishim key container, format 1\n"
                              "id: 01020300000000000000000000000000\n"
                              "iterations: 1\n"
                              "name: A name with \\, %25, / and %0a in it\n"
                              "\n"
                              "pair: exchange\n"
                              "algorithm: 0000a400\n"
                              "flags: exportable\n"
                              "-----BEGIN ENCRYPTED PRIVATE KEY-----\n";
    BOOST_CHECK_EQUAL(text.substr(0, start.size()), start);
    for (const char* part :
         {"\n-----END ENCRYPTED PRIVATE KEY-----\n\npair: signature\nalgorithm: 00002200\n"
          "flags: user-protected\nextra: 0708\n-----BEGIN ENCRYPTED PRIVATE KEY-----\n",
          "\n-----BEGIN CERTIFICATE-----\nBAUG\n-----END CERTIFICATE-----\n\nmac: ", "\nsha256: "})
        BOOST_CHECK_MESSAGE(text.find(part) != std::string::npos, part);
}

/// What somebody with the key could write, and no program of ours does.
BOOST_AUTO_TEST_CASE(odd_contents_are_refused_even_when_they_are_authentic)
{
    const ContainerFile both = container_with_both_pairs();
    const Bytes file = encode(both, phrase);
    const std::string whole(file.begin(), file.end());
    const std::string text = whole.substr(0, whole.find("mac: "));
    const auto keys = container_keys(phrase, {Bytes(both.id.begin(), both.id.end()), 1});
    const auto refused = [&](const std::string& changed) {
        const std::string file_text = signed_text(changed, keys->mac);
        return capishim_test::fault_of(
            [&] { decode(view(file_text.data(), file_text.size()), phrase); });
    };
    BOOST_CHECK(refused(text) == Fault::none);

    const struct {
        std::string from, to;
    } changes[] = {
        {"format 1", "format 2"},
        {"id: 01", "id: "},
        {"id: 01", "id: 0G"},
        {"iterations: 1\n", "iterations: 0\n"},
        {"iterations: 1\n", "iterations: 10000001\n"},
        {"iterations: 1\n", "iterations: 4294967297\n"},
        {"iterations: 1\n", "iterations: 1x\n"},
        {"name: ", "name:"},
        {"%0a", "%0"},
        {"%0a in it\n", "%0\n"},
        {"pair: exchange", "pair: signature"},
        {"pair: exchange", "pair: other"},
        {"algorithm: 0000a400", "algorithm: "},
        {"algorithm: 0000a400", "algorithm: 10000a400"},
        {"flags: exportable", "flags: exportable exportable"},
        {"flags: exportable", "flags: "},
        {"flags: exportable", "flags: unknown"},
        {"extra: 0708", "extra: 070"},
        {"BEGIN ENCRYPTED PRIVATE KEY", "BEGIN PRIVATE KEY"},
        {"END ENCRYPTED PRIVATE KEY", "END PRIVATE KEY"},
        {"-----BEGIN ENCRYPTED PRIVATE KEY-----\n", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n*"},
        {"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMI", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMJ"},
        {"BAUG", "BAU*"},
    };
    for (const auto& change : changes) {
        std::string changed = text;
        const std::size_t place = changed.find(change.from);
        BOOST_REQUIRE_MESSAGE(place != std::string::npos, change.from);
        changed.replace(place, change.from.size(), change.to);
        BOOST_CHECK_MESSAGE(refused(changed) == Fault::bad_keyset_entry,
                            change.from << " -> " << change.to << " gave "
                                        << fault_row(refused(changed)).name);
    }
}

/// A key that was encrypted under another salt would make each loading slow, or the key another's.
BOOST_AUTO_TEST_CASE(a_key_from_another_container_is_refused)
{
    const ContainerFile one = container_with_both_pairs();
    ContainerFile other = one;
    other.id = {9};
    const Bytes from = encode(other, phrase), into = encode(one, phrase);
    const std::string source(from.begin(), from.end()), target(into.begin(), into.end());
    const auto body = [](const std::string& text) { return text.substr(text.find("pair: ")); };
    std::string mixed = target.substr(0, target.find("pair: ")) + body(source);
    mixed.resize(mixed.find("mac: "));
    const auto keys = container_keys(phrase, {Bytes(one.id.begin(), one.id.end()), 1});
    const std::string file = signed_text(mixed, keys->mac);
    CHECK_FAULT(decode(view(file.data(), file.size()), phrase), Fault::bad_keyset_entry);
}

BOOST_AUTO_TEST_SUITE_END()
