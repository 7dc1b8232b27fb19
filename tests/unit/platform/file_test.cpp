// SPDX-License-Identifier: BSD-2-Clause
#include "platform/file.h"
#include "support/child_process.h"
#include "support/fault_check.h"
#include "support/temporary_folder.h"

#include <atomic>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>

using namespace capishim;
using namespace capishim::platform;
using namespace capishim_test;

namespace {

ByteView bytes(std::string_view text)
{
    return view(text.data(), text.size());
}

std::string text(const std::optional<SecureBytes>& contents)
{
    return contents ? std::string(contents->begin(), contents->end()) : "(none)";
}

mode_t mode_of(const std::string& path)
{
    struct stat status {};
    BOOST_REQUIRE_EQUAL(stat(path.c_str(), &status), 0);
    return status.st_mode & 07777;
}

} // namespace

BOOST_AUTO_TEST_SUITE(file)

BOOST_AUTO_TEST_CASE(reads_what_was_written)
{
    const TemporaryFolder folder;
    const std::string contents(100'000, 'x');
    replace_file(folder / "a", bytes(contents));
    BOOST_CHECK_EQUAL(text(read_file(folder / "a")), contents);
    replace_file(folder / "a", {});
    BOOST_CHECK_EQUAL(text(read_file(folder / "a")), "");
    BOOST_CHECK(list_folder(folder.path()) == std::vector<std::string>{"a"});
}

BOOST_AUTO_TEST_CASE(reads_files_that_tell_no_size)
{
    BOOST_CHECK(!read_file("/proc/self/status")->empty());
}

BOOST_AUTO_TEST_CASE(answers_nothing_for_a_file_that_is_not_there)
{
    const TemporaryFolder folder;
    BOOST_CHECK(!read_file(folder / "a"));
    BOOST_CHECK(!read_file(folder / "no/such/folder"));
    BOOST_CHECK(!remove_file(folder / "a"));
    BOOST_CHECK(!file_exists(folder / "a"));
    BOOST_CHECK(list_folder(folder / "none").empty());
}

BOOST_AUTO_TEST_CASE(refuses_folders_and_pipes_without_hanging)
{
    const TemporaryFolder folder;
    BOOST_REQUIRE_EQUAL(mkfifo((folder / "pipe").c_str(), 0600), 0);
    CHECK_FAULT(read_file(folder.path()), Fault::access_denied);
    CHECK_FAULT(read_file(folder / "pipe"), Fault::access_denied);
}

BOOST_AUTO_TEST_CASE(creates_once)
{
    const TemporaryFolder folder;
    BOOST_CHECK(create_file(folder / "a", bytes("first")));
    BOOST_CHECK(!create_file(folder / "a", bytes("second")));
    BOOST_CHECK_EQUAL(text(read_file(folder / "a")), "first");
    BOOST_CHECK_EQUAL(list_folder(folder.path()).size(), 1u);
}

BOOST_AUTO_TEST_CASE(one_of_many_creators_wins)
{
    const TemporaryFolder folder;
    for (int round = 0; round < 20; ++round) {
        const std::string path = folder / std::to_string(round);
        std::atomic<int> winners = 0;
        std::vector<std::thread> creators;
        for (int i = 0; i < 4; ++i)
            creators.emplace_back([&] { winners += create_file(path, bytes("whole contents")); });
        for (auto& creator : creators)
            creator.join();
        BOOST_CHECK_EQUAL(winners.load(), 1);
        BOOST_CHECK_EQUAL(text(read_file(path)), "whole contents");
    }
    BOOST_CHECK_EQUAL(list_folder(folder.path()).size(), 20u);
}

BOOST_AUTO_TEST_CASE(only_the_owner_may_read)
{
    const TemporaryFolder folder;
    const mode_t before = umask(0);
    make_folder(folder / "one/two/three");
    replace_file(folder / "one/two/three/a", bytes("x"));
    create_file(folder / "one/two/three/b", bytes("x"));
    {
        const FileLock lock(folder / "one/.lock");
    }
    umask(before);
    for (const char* made : {"one", "one/two", "one/two/three"})
        BOOST_CHECK_EQUAL(mode_of(folder / made), 0700u);
    for (const char* made : {"one/two/three/a", "one/two/three/b", "one/.lock"})
        BOOST_CHECK_EQUAL(mode_of(folder / made), 0600u);
}

BOOST_AUTO_TEST_CASE(a_write_that_fails_leaves_the_old_contents_and_no_litter)
{
    const TemporaryFolder folder;
    replace_file(folder / "a", bytes("old"));
    const auto limited = [&] {
        signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{1000, 1000}; // as on a full disk
        setrlimit(RLIMIT_FSIZE, &limit);
        const std::string big(5000, 'x');
        return fault_of([&] { replace_file(folder / "a", bytes(big)); }) != Fault::none &&
                       fault_of([&] { create_file(folder / "b", bytes(big)); }) != Fault::none
                   ? 0
                   : 1;
    };
    BOOST_CHECK_EQUAL(run_child(limited), 0);
    BOOST_CHECK_EQUAL(text(read_file(folder / "a")), "old");
    BOOST_CHECK(list_folder(folder.path()) == std::vector<std::string>{"a"});
}

BOOST_AUTO_TEST_CASE(readers_see_the_old_or_the_new_contents)
{
    const TemporaryFolder folder;
    const std::string path = folder / "a";
    const std::string old_contents(3000, 'o'), new_contents(9000, 'n');
    replace_file(path, bytes(old_contents));
    std::atomic<bool> done = false;
    std::thread writer([&] {
        for (int i = 0; i < 100; ++i)
            replace_file(path, bytes(i % 2 ? old_contents : new_contents));
        done = true;
    });
    bool whole = true;
    while (!done) {
        const std::string seen = text(read_file(path));
        whole = whole && (seen == old_contents || seen == new_contents);
    }
    writer.join();
    BOOST_CHECK(whole);
}

BOOST_AUTO_TEST_CASE(a_writer_that_was_killed_leaves_the_old_or_the_new_contents)
{
    const TemporaryFolder folder;
    const std::string path = folder / "a";
    const std::string old_contents(3000, 'o'), new_contents(9000, 'n');
    replace_file(path, bytes(old_contents));
    for (int i = 0; i < 30; ++i) {
        const pid_t child = start_child([&]() -> int {
            for (;;) {
                replace_file(path, bytes(new_contents));
                replace_file(path, bytes(old_contents));
            }
        });
        usleep(static_cast<useconds_t>(500 + i * 137));
        kill(child, SIGKILL);
        BOOST_REQUIRE_EQUAL(answer_of(child), 200);
        const std::string seen = text(read_file(path));
        BOOST_CHECK(seen == old_contents || seen == new_contents);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(file_lock)

namespace {

// Reads a number, gives others time to interfere, writes the next one.
void count_up(const std::string& path)
{
    const int value = std::stoi(read_whole(path));
    std::this_thread::yield();
    write_whole(path, std::to_string(value + 1));
}

} // namespace

BOOST_AUTO_TEST_CASE(keeps_threads_apart)
{
    const TemporaryFolder folder;
    write_whole(folder / "count", "0");
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int round = 0; round < 200; ++round) {
                const FileLock lock(folder / ".lock");
                count_up(folder / "count");
            }
        });
    for (auto& thread : threads)
        thread.join();
    BOOST_CHECK_EQUAL(read_whole(folder / "count"), "800");
}

BOOST_AUTO_TEST_CASE(keeps_processes_apart)
{
    const TemporaryFolder folder;
    write_whole(folder / "count", "0");
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i)
        children.push_back(start_child([&] {
            for (int round = 0; round < 200; ++round) {
                const FileLock lock(folder / ".lock");
                count_up(folder / "count");
            }
            return 0;
        }));
    for (const pid_t child : children)
        BOOST_CHECK_EQUAL(answer_of(child), 0);
    BOOST_CHECK_EQUAL(read_whole(folder / "count"), "800");
}

BOOST_AUTO_TEST_CASE(is_given_up_even_when_a_child_was_forked_under_it)
{
    const TemporaryFolder folder;
    pid_t child = 0;
    {
        const FileLock lock(folder / ".lock");
        child = start_child([] {
            pause();
            return 0;
        });
    }
    alarm(20); // a lock that the child kept would hang this test
    {
        const FileLock lock(folder / ".lock");
    }
    alarm(0);
    kill(child, SIGKILL);
    BOOST_CHECK_EQUAL(answer_of(child), 200);
}

BOOST_AUTO_TEST_SUITE_END()
