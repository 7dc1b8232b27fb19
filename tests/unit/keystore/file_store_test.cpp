// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/keystore.h"
#include "csp/keystore/unique_name.h"
#include "csp/security_descriptor.h"
#include "platform/paths.h"
#include "support/child_process.h"
#include "support/fault_check.h"
#include "support/temporary_folder.h"

#include <capishim/wincrypt.h>

#include <atomic>
#include <sys/stat.h>
#include <thread>

using namespace capishim;
using namespace capishim::csp;
using namespace capishim_test;

namespace {

const StoredPair exchange{CALG_RSA_KEYX, SecureBytes(300, 1), {}, true, false, Bytes{9, 9}};
const StoredPair signature{CALG_DSS_SIGN, SecureBytes(200, 2), Bytes{1}, false, true, {}};

/// A store in a folder of its own.
struct Store {
    TemporaryFolder folder;
    ScopedEnvironment home{"CAPISHIM_HOME", folder.path()};
    ScopedEnvironment machine_home{"CAPISHIM_MACHINE_HOME", folder / "machine"};
    ScopedEnvironment no_key_file{"CAPISHIM_KEY_FILE", ""};
    ScopedEnvironment no_passphrase{"CAPISHIM_PASSPHRASE", ""};
    std::unique_ptr<KeyStore> keys = open_file_store("RSA", StoreScope::user);

    std::string place() const { return folder / ("RSA/" + platform::user_name()); }
    std::string file_of(const PairStore& container) const
    {
        return place() + '/' + container.unique_name();
    }
};

std::vector<std::string> files_in(const std::string& folder)
{
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files.push_back(entry.path().string());
    return files;
}

mode_t mode_of(const std::string& path)
{
    struct stat status {};
    BOOST_REQUIRE_EQUAL(stat(path.c_str(), &status), 0);
    return status.st_mode & 07777;
}

using Names = std::vector<std::string>;

} // namespace

BOOST_FIXTURE_TEST_SUITE(file_store, Store)

BOOST_AUTO_TEST_CASE(opening_and_looking_touch_no_file)
{
    CHECK_FAULT(keys->open("a"), Fault::bad_keyset);
    CHECK_FAULT(keys->remove("a"), Fault::bad_keyset);
    BOOST_CHECK(keys->names().empty());
    BOOST_CHECK(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(keeps_pairs_for_whoever_opens_the_container_later)
{
    {
        const auto container = keys->create("a");
        BOOST_CHECK(!container->load(KeySpec::exchange));
        container->save(KeySpec::exchange, exchange);
        container->save(KeySpec::signature, signature);
    }
    const auto container = open_file_store("RSA", StoreScope::user)->open("a");
    BOOST_CHECK(container->load(KeySpec::exchange) == exchange);
    BOOST_CHECK(container->load(KeySpec::signature) == signature);
    BOOST_CHECK(container->remove(KeySpec::exchange));
    BOOST_CHECK(!container->remove(KeySpec::exchange));
    BOOST_CHECK(!container->load(KeySpec::exchange));
    BOOST_CHECK(container->load(KeySpec::signature) == signature);
}

// cryptoapi.md 10.2: two contexts on one container see each other's new pairs
BOOST_AUTO_TEST_CASE(shows_what_another_wrote_after_the_opening)
{
    const auto one = keys->create("a");
    const auto other = keys->open("a");
    one->save(KeySpec::signature, signature);
    other->save(KeySpec::exchange, exchange);
    BOOST_CHECK(other->load(KeySpec::signature) == signature);
    BOOST_CHECK(one->load(KeySpec::exchange) == exchange);
}

BOOST_AUTO_TEST_CASE(names_compare_without_case_and_keep_their_spelling)
{
    keys->create("My Container")->save(KeySpec::exchange, exchange);
    BOOST_CHECK(keys->open("MY cONTAINER")->load(KeySpec::exchange) == exchange);
    CHECK_FAULT(keys->create("my container"), Fault::keyset_exists);
    BOOST_CHECK(keys->names() == Names{"My Container"});
}

BOOST_AUTO_TEST_CASE(names_may_hold_anything)
{
    const Names names = {"../../../etc/passwd", "/", "\\\\.\\reader\\", "a\nb", "\xFF\xFE", "  "};
    for (const auto& name : names)
        keys->create(name);
    for (const auto& name : names)
        keys->open(name);
    Names sorted = names;
    std::sort(sorted.begin(), sorted.end());
    BOOST_CHECK(keys->names() == sorted);
    for (const auto& file : files_in(folder.path()))
        BOOST_CHECK_EQUAL(std::filesystem::path(file).parent_path().string(), place());
}

BOOST_AUTO_TEST_CASE(the_unique_name_opens_the_container_too)
{
    const auto container = keys->create("a");
    container->save(KeySpec::exchange, exchange);
    const auto opened = keys->open(container->unique_name());
    BOOST_CHECK_EQUAL(opened->unique_name(), container->unique_name());
    BOOST_CHECK(opened->load(KeySpec::exchange) == exchange);
    CHECK_FAULT(keys->create(container->unique_name()), Fault::keyset_exists);
    keys->remove(container->unique_name());
    CHECK_FAULT(keys->open("a"), Fault::bad_keyset);
}

BOOST_AUTO_TEST_CASE(families_users_and_machine_have_stores_of_their_own)
{
    keys->create("a");
    CHECK_FAULT(open_file_store("DSS", StoreScope::user)->open("a"), Fault::bad_keyset);
    const auto machine = open_file_store("RSA", StoreScope::machine);
    CHECK_FAULT(machine->open("a"), Fault::bad_keyset);
    machine->create("b");
    BOOST_CHECK(machine->names() == Names{"b"});
    BOOST_CHECK(keys->names() == Names{"a"});
    BOOST_CHECK(std::filesystem::exists(folder / "machine/MachineKeys/RSA"));
}

BOOST_AUTO_TEST_CASE(files_and_folders_are_the_owners_alone)
{
    const mode_t before = umask(0);
    keys->create("a")->save(KeySpec::exchange, exchange);
    umask(before);
    BOOST_CHECK_EQUAL(mode_of(folder / "RSA"), 0700u);
    BOOST_CHECK_EQUAL(mode_of(place()), 0700u);
    const auto files = files_in(folder.path());
    BOOST_CHECK_EQUAL(files.size(), 3u); // container, key, lock
    for (const auto& file : files)
        BOOST_CHECK_EQUAL(mode_of(file), 0600u);
}

// cryptoapi.md 10.1 (open) and U-207 (use)
BOOST_AUTO_TEST_CASE(what_the_user_may_not_read_is_denied)
{
    const auto machine = open_file_store("RSA", StoreScope::machine);
    const auto container = machine->create("a");
    BOOST_REQUIRE_EQUAL(chmod((folder / "machine/MachineKeys/RSA").c_str(), 0), 0);
    const auto as_somebody = [&] {
        if (geteuid() == 0 && seteuid(65534) != 0)
            return 1;
        if (fault_of([&] { machine->open("a"); }) != Fault::bad_keyset)
            return 2;
        if (fault_of([&] { machine->remove("a"); }) != Fault::bad_keyset)
            return 3;
        if (fault_of([&] { container->load(KeySpec::exchange); }) != Fault::permission_denied)
            return 4;
        if (fault_of([&] { machine->create("b"); }) != Fault::access_denied)
            return 5;
        return 0;
    };
    BOOST_CHECK_EQUAL(run_child(as_somebody), 0);
    BOOST_REQUIRE_EQUAL(chmod((folder / "machine/MachineKeys/RSA").c_str(), 0700), 0);
    BOOST_CHECK(machine->names() == Names{"a"});
}

// lifetime.md 2, U-206
BOOST_AUTO_TEST_CASE(a_deleted_container_answers_bad_keyset)
{
    const auto container = keys->create("a");
    container->save(KeySpec::exchange, exchange);
    keys->remove("A");
    CHECK_FAULT(container->load(KeySpec::exchange), Fault::bad_keyset);
    CHECK_FAULT(container->save(KeySpec::exchange, exchange), Fault::bad_keyset);
    CHECK_FAULT(container->remove(KeySpec::exchange), Fault::bad_keyset);
    CHECK_FAULT(keys->remove("a"), Fault::bad_keyset);
    BOOST_CHECK(keys->names().empty());
}

BOOST_AUTO_TEST_CASE(a_successor_of_the_same_name_is_another_container)
{
    const auto container = keys->create("a");
    keys->remove("a");
    const auto successor = keys->create("a");
    successor->save(KeySpec::exchange, exchange);
    CHECK_FAULT(container->load(KeySpec::exchange), Fault::bad_keyset);
    CHECK_FAULT(container->save(KeySpec::exchange, signature), Fault::bad_keyset);
    BOOST_CHECK(successor->load(KeySpec::exchange) == exchange);
}

BOOST_AUTO_TEST_CASE(a_store_that_vanished_answers_bad_keyset)
{
    const auto container = keys->create("a");
    std::filesystem::remove_all(folder / "RSA");
    CHECK_FAULT(container->load(KeySpec::exchange), Fault::bad_keyset);
    CHECK_FAULT(container->save(KeySpec::exchange, exchange), Fault::bad_keyset);
}

BOOST_AUTO_TEST_CASE(changed_bytes_are_refused_wherever_they_are)
{
    const auto container = keys->create("a");
    container->save(KeySpec::exchange, exchange);
    const std::string path = file_of(*container);
    const std::string contents = read_whole(path);
    for (std::size_t i = 0; i < contents.size(); i += 7) { // container_file_test takes them all
        std::string changed = contents;
        changed[i] = static_cast<char>(changed[i] ^ 0x41);
        write_whole(path, changed);
        CHECK_FAULT(keys->open("a"), Fault::bad_keyset_entry);
        if (i % 16 < 7) {
            CHECK_FAULT(container->load(KeySpec::exchange), Fault::bad_keyset_entry);
            keys->names(); // shows it or not, but goes on
        }
    }
    write_whole(path, contents);
    BOOST_CHECK(container->load(KeySpec::exchange) == exchange);
}

BOOST_AUTO_TEST_CASE(a_damaged_container_is_neither_replaced_nor_beyond_deletion)
{
    const auto container = keys->create("a");
    write_whole(file_of(*container), "capishim key container, format 1\n");
    CHECK_FAULT(keys->create("a"), Fault::keyset_exists);
    CHECK_FAULT(container->save(KeySpec::exchange, exchange), Fault::bad_keyset_entry);
    BOOST_CHECK(keys->names().empty());
    keys->remove("a");
    keys->create("a");
}

BOOST_AUTO_TEST_CASE(a_renamed_file_is_not_taken_for_another_container)
{
    const auto one = keys->create("one");
    const auto two = keys->create("two");
    std::filesystem::rename(file_of(*one), file_of(*two));
    CHECK_FAULT(keys->open("two"), Fault::bad_keyset_entry);
    BOOST_CHECK(keys->names().empty());
}

BOOST_AUTO_TEST_CASE(without_its_passphrase_a_container_is_lost_but_new_ones_are_not)
{
    keys->create("a");
    const std::string key_file = place() + "/.passphrase";
    BOOST_CHECK_EQUAL(read_whole(key_file).size(), 65u);
    std::filesystem::remove(key_file);
    CHECK_FAULT(keys->open("a"), Fault::bad_keyset_entry);
    keys->create("b")->save(KeySpec::exchange, exchange);
    CHECK_FAULT(keys->open("a"), Fault::bad_key_state);
    for (const char* nothing : {"", "\n", "\nphrase\n"}) {
        write_whole(key_file, nothing);
        CHECK_FAULT(keys->open("b"), Fault::bad_keyset_entry);
    }
    write_whole(key_file, std::string("a\0b", 3));
    CHECK_FAULT(keys->open("b"), Fault::bad_keyset_entry);
    write_whole(key_file, std::string(1024, 'a'));
    CHECK_FAULT(keys->open("b"), Fault::bad_keyset_entry);
    BOOST_CHECK(keys->names() == (Names{"a", "b"})); // names are told without a key
}

BOOST_AUTO_TEST_CASE(a_passphrase_of_the_users_guards_the_users_store_alone)
{
    const ScopedEnvironment phrase("CAPISHIM_PASSPHRASE", "correct horse");
    const auto guarded = open_file_store("RSA", StoreScope::user);
    guarded->create("a")->save(KeySpec::exchange, exchange);
    open_file_store("RSA", StoreScope::machine)->create("m");
    BOOST_CHECK(!std::filesystem::exists(place() + "/.passphrase"));
    {
        const ScopedEnvironment other("CAPISHIM_PASSPHRASE", "battery staple");
        CHECK_FAULT(open_file_store("RSA", StoreScope::user)->open("a"), Fault::bad_key_state);
        open_file_store("RSA", StoreScope::machine)->open("m");
    }
    CHECK_FAULT(keys->open("a"), Fault::bad_keyset_entry); // without one, no file of ours either
    BOOST_CHECK(open_file_store("RSA", StoreScope::user)->open("a")->load(KeySpec::exchange) ==
                exchange);
}

BOOST_AUTO_TEST_CASE(a_key_file_named_wins_over_a_passphrase_and_is_made_when_missing)
{
    const std::string key_file = folder / "keys.txt";
    const ScopedEnvironment phrase("CAPISHIM_PASSPHRASE", "not used");
    const ScopedEnvironment named("CAPISHIM_KEY_FILE", key_file);
    const auto store = open_file_store("RSA", StoreScope::user);
    store->create("a");
    BOOST_CHECK_EQUAL(read_whole(key_file).size(), 65u);
    BOOST_CHECK_EQUAL(mode_of(key_file), 0600u);
    write_whole(key_file, "one line\nand what follows it\n");
    CHECK_FAULT(store->open("a"), Fault::bad_key_state);
    store->create("b");
    write_whole(key_file, "one line");
    store->open("b");
}

// RFC 8018 4.2; what we drew at random needs no slowness
BOOST_AUTO_TEST_CASE(passphrases_that_people_make_are_stretched_more)
{
    const auto header_of = [&](KeyStore& store, const char* name) {
        return read_whole(file_of(*store.create(name)));
    };
    BOOST_CHECK(header_of(*keys, "a").find("\niterations: 1000\n") != std::string::npos);
    const ScopedEnvironment phrase("CAPISHIM_PASSPHRASE", "correct horse");
    const auto guarded = open_file_store("RSA", StoreScope::user);
    BOOST_CHECK(header_of(*guarded, "b").find("\niterations: 600000\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_container_stays_readable_for_whom_it_was_opened_to)
{
    const auto container = keys->create("a");
    const auto set_readers = [&](Readers readers) {
        const Bytes descriptor =
            write_security_descriptor({geteuid(), getegid(), readers}, DACL_SECURITY_INFORMATION);
        container->set_security(descriptor.data(), DACL_SECURITY_INFORMATION);
    };
    const auto readers_now = [&] {
        return readers_by_dacl(container->security(DACL_SECURITY_INFORMATION).data(),
                               {geteuid(), getegid(), {}});
    };
    BOOST_CHECK(readers_now() == Readers::owner);
    for (const Readers readers : {Readers::group, Readers::everyone, Readers::owner}) {
        set_readers(readers);
        container->save(KeySpec::exchange, exchange);
        BOOST_CHECK(readers_now() == readers);
    }
    set_readers(Readers::group);
    BOOST_CHECK_EQUAL(mode_of(file_of(*container)), 0640u);
    keys->remove("a");
    CHECK_FAULT(readers_now(), Fault::bad_keyset);
    CHECK_FAULT(set_readers(Readers::owner), Fault::bad_keyset);
}

// Ten thousand of them: see README.md for how long it takes
BOOST_AUTO_TEST_CASE(lists_and_opens_thousands)
{
    constexpr std::size_t count = 2000;
    const auto first = keys->create("first");
    const std::string text = read_whole(file_of(*first));
    for (std::size_t i = 0; i < count; ++i) { // without the syncs of create()
        std::string copy = text;
        const std::string name = "container " + std::to_string(i);
        copy.replace(copy.find("name: first"), 11, "name: " + name);
        const std::string digits = name_digits(name);
        write_whole(place() + '/' + digits + first->unique_name().substr(32), copy);
    }
    BOOST_CHECK_EQUAL(keys->names().size(), count + 1);
    keys->open("first");
}

BOOST_AUTO_TEST_CASE(a_store_carried_from_another_machine_still_opens)
{
    const auto container = keys->create("a");
    container->save(KeySpec::exchange, exchange);
    const std::string foreign =
        container->unique_name().substr(0, 33) + "01234567-89ab-cdef-0123-456789abcdef";
    std::filesystem::rename(file_of(*container), place() + '/' + foreign);
    const auto opened = keys->open("a");
    BOOST_CHECK_EQUAL(opened->unique_name(), foreign);
    BOOST_CHECK(opened->load(KeySpec::exchange) == exchange);
    CHECK_FAULT(keys->create("a"), Fault::keyset_exists);
    keys->remove("a");
    BOOST_CHECK(keys->names().empty());
}

BOOST_AUTO_TEST_CASE(what_a_dead_writer_left_is_ignored_and_swept)
{
    const auto container = keys->create("a");
    container->save(KeySpec::exchange, exchange);
    const std::string path = file_of(*container);
    write_whole(path + ".tmp-aBcDeF", read_whole(path).substr(0, 40));
    BOOST_CHECK(keys->names() == Names{"a"});
    BOOST_CHECK(keys->open("a")->load(KeySpec::exchange) == exchange);
    keys->create("b");
    BOOST_CHECK(!std::filesystem::exists(path + ".tmp-aBcDeF"));
    BOOST_CHECK(keys->open("a")->load(KeySpec::exchange) == exchange);
}

BOOST_AUTO_TEST_CASE(a_writer_that_was_killed_leaves_the_old_or_the_new_pair)
{
    const auto container = keys->create("a");
    container->save(KeySpec::exchange, exchange);
    for (int i = 0; i < 20; ++i) {
        const pid_t child = start_child([&]() -> int {
            const auto mine = keys->open("a");
            for (;;) {
                mine->save(KeySpec::exchange, signature);
                mine->save(KeySpec::exchange, exchange);
            }
        });
        usleep(static_cast<useconds_t>(1000 + i * 331));
        kill(child, SIGKILL);
        BOOST_REQUIRE_EQUAL(answer_of(child), 200);
        const auto left = container->load(KeySpec::exchange);
        BOOST_CHECK(left == exchange || left == signature);
    }
    container->save(KeySpec::signature, signature); // the lock went with the process
}

BOOST_AUTO_TEST_CASE(of_processes_that_create_one_container_exactly_one_wins)
{
    for (int round = 0; round < 10; ++round) {
        const std::string name = "container " + std::to_string(round);
        std::vector<pid_t> children;
        for (int i = 0; i < 4; ++i)
            children.push_back(start_child([&] {
                const Fault fault = fault_of([&] { keys->create(name); });
                return fault == Fault::none ? 1 : fault == Fault::keyset_exists ? 0 : 50;
            }));
        int winners = 0;
        for (const pid_t child : children)
            winners += answer_of(child);
        BOOST_CHECK_EQUAL(winners, 1);
        keys->open(name);
    }
}

BOOST_AUTO_TEST_CASE(of_threads_that_create_one_container_exactly_one_wins)
{
    for (int round = 0; round < 10; ++round) {
        const std::string name = "container " + std::to_string(round);
        std::atomic<int> winners = 0, others = 0;
        std::vector<std::thread> creators;
        for (int i = 0; i < 4; ++i)
            creators.emplace_back([&] {
                const Fault fault = fault_of([&] { keys->create(name); });
                winners += fault == Fault::none;
                others += fault == Fault::keyset_exists;
            });
        for (auto& creator : creators)
            creator.join();
        BOOST_CHECK_EQUAL(winners.load(), 1);
        BOOST_CHECK_EQUAL(others.load(), 3);
    }
}

BOOST_AUTO_TEST_CASE(writers_of_the_two_pairs_do_not_undo_each_other)
{
    keys->create("a");
    const auto write = [&](KeySpec spec, std::uint8_t last) {
        const auto mine = keys->open("a");
        for (std::uint8_t i = 0; i <= last; ++i)
            mine->save(spec, StoredPair{0, SecureBytes{i}, {}, true, false, {}});
        return 0;
    };
    const pid_t one = start_child([&] { return write(KeySpec::exchange, 50); });
    const pid_t other = start_child([&] { return write(KeySpec::signature, 60); });
    BOOST_CHECK_EQUAL(answer_of(one), 0);
    BOOST_CHECK_EQUAL(answer_of(other), 0);
    const auto container = keys->open("a");
    BOOST_CHECK(container->load(KeySpec::exchange)->key_info == SecureBytes{50});
    BOOST_CHECK(container->load(KeySpec::signature)->key_info == SecureBytes{60});
}

BOOST_AUTO_TEST_SUITE_END()
