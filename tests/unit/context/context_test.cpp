// SPDX-License-Identifier: BSD-2-Clause
// Acquiring and deleting: the flags and names of cryptoapi.md 1.1 and 10.2.
#include "csp/context.h"
#include "platform/paths.h"
#include "support/fault_check.h"
#include "support/temporary_folder.h"

#include <capishim/wincrypt.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <chrono>

using namespace capishim;
using namespace capishim::csp;
using namespace capishim_test;

namespace {

using Name = std::optional<std::string>;

ContextRequest request(const Name& container, std::uint32_t flags,
                       const char* provider = MS_STRONG_PROV_A)
{
    return {find_profile(provider), container, flags};
}

std::shared_ptr<Context> acquire(const Name& container, std::uint32_t flags)
{
    return Context::acquire(request(container, flags));
}

void delete_container(const Name& container, std::uint32_t flags = 0)
{
    Context::delete_container(request(container, flags | CRYPT_DELETEKEYSET));
}

struct Home {
    TemporaryFolder folder;
    ScopedEnvironment home{"CAPISHIM_HOME", folder.path()};
    ScopedEnvironment machine_home{"CAPISHIM_MACHINE_HOME", folder / "machine"};
};

const std::uint32_t bad_flags[] = {
    0x1,
    CRYPT_DEFAULT_CONTAINER_OPTIONAL, // U-14
    0x100,
    0x10000000, // some bits of CRYPT_VERIFYCONTEXT (U-15)
    0x80000000,
    0x70000000,
    CRYPT_NEWKEYSET | CRYPT_DELETEKEYSET, // U-15
    CRYPT_VERIFYCONTEXT | CRYPT_DELETEKEYSET,
    CRYPT_VERIFYCONTEXT | 0x200,
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(acquire_context, Home)

BOOST_DATA_TEST_CASE_F(Home, refuses_flags_that_mean_nothing_together, bad_flags, flags)
{
    CHECK_FAULT(acquire({}, flags), Fault::bad_flags);
    BOOST_CHECK(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(opens_only_what_was_created)
{
    CHECK_FAULT(acquire("a", 0), Fault::bad_keyset);
    BOOST_CHECK(!acquire("a", CRYPT_NEWKEYSET)->ephemeral());
    BOOST_CHECK(!acquire("A", 0)->ephemeral()); // U-203
    CHECK_FAULT(acquire("a", CRYPT_NEWKEYSET), Fault::keyset_exists);
}

BOOST_AUTO_TEST_CASE(deletes_what_exists)
{
    CHECK_FAULT(delete_container("a"), Fault::bad_keyset);
    const auto open = acquire("a", CRYPT_NEWKEYSET);
    delete_container("a");
    CHECK_FAULT(delete_container("a"), Fault::bad_keyset);
    CHECK_FAULT(acquire("a", 0), Fault::bad_keyset);
    CHECK_FAULT(open->pairs().load(KeySpec::exchange), Fault::bad_keyset); // lifetime.md 2
}

// U-204, U-12
BOOST_AUTO_TEST_CASE(takes_the_login_name_where_no_name_is_given)
{
    CHECK_FAULT(acquire({}, 0), Fault::bad_keyset);
    acquire({}, CRYPT_NEWKEYSET);
    acquire("", 0);
    acquire(platform::user_name(), 0);
    CHECK_FAULT(acquire("", CRYPT_NEWKEYSET), Fault::keyset_exists);
    delete_container("");
    CHECK_FAULT(acquire({}, 0), Fault::bad_keyset);
}

// cryptoapi.md 10.1
BOOST_AUTO_TEST_CASE(shares_containers_among_the_providers_of_a_family)
{
    acquire("a", CRYPT_NEWKEYSET);
    for (const char* provider : {MS_DEF_PROV_A, MS_ENHANCED_PROV_A, MS_ENH_RSA_AES_PROV_A})
        CHECK_FAULT(Context::acquire(request("a", 0, provider)), Fault::none);
}

BOOST_AUTO_TEST_CASE(keeps_machine_containers_apart)
{
    acquire("a", CRYPT_NEWKEYSET | CRYPT_MACHINE_KEYSET);
    CHECK_FAULT(acquire("a", 0), Fault::bad_keyset);
    acquire("a", CRYPT_MACHINE_KEYSET);
    CHECK_FAULT(delete_container("a"), Fault::bad_keyset);
    delete_container("a", CRYPT_MACHINE_KEYSET);
    CHECK_FAULT(acquire("a", CRYPT_MACHINE_KEYSET), Fault::bad_keyset);
}

// cryptoapi.md 10.1: MAX_PATH with the NUL
BOOST_AUTO_TEST_CASE(takes_names_of_up_to_259_bytes)
{
    acquire(std::string(259, 'a'), CRYPT_NEWKEYSET);
    CHECK_FAULT(acquire(std::string(260, 'a'), CRYPT_NEWKEYSET), Fault::bad_keyset_name);
    CHECK_FAULT(delete_container(std::string(260, 'a')), Fault::bad_keyset_name);
    CHECK_FAULT(acquire(std::string(260, 'a'), 1), Fault::bad_flags); // flags are looked at first
}

BOOST_AUTO_TEST_CASE(reports_a_damaged_container)
{
    acquire("a", CRYPT_NEWKEYSET);
    const std::string store = folder / ("RSA/" + platform::user_name());
    for (const auto& entry : std::filesystem::directory_iterator(store))
        if (entry.path().filename().string()[0] != '.')
            write_whole(entry.path().string(), "damaged");
    CHECK_FAULT(acquire("a", 0), Fault::bad_keyset_entry);
}

BOOST_AUTO_TEST_CASE(remembers_silence)
{
    BOOST_CHECK(acquire({}, CRYPT_VERIFYCONTEXT | CRYPT_SILENT)->silent());
    BOOST_CHECK(!acquire({}, CRYPT_VERIFYCONTEXT)->silent());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(acquire_an_ephemeral_context, Home)

BOOST_AUTO_TEST_CASE(touches_no_file)
{
    const auto context = acquire({}, CRYPT_VERIFYCONTEXT);
    BOOST_CHECK(context->ephemeral());
    const StoredPair pair{1, SecureBytes{1}, {}, true, false, {}};
    context->pairs().save(KeySpec::exchange, pair);
    BOOST_CHECK(context->pairs().load(KeySpec::exchange) == pair);
    BOOST_CHECK(std::filesystem::is_empty(folder.path()));
}

// observed.md: CryptAcquireContext, VERIFYCONTEXT | NEWKEYSET, container NULL
BOOST_AUTO_TEST_CASE(tolerates_newkeyset_any_number_of_times)
{
    for (int i = 0; i < 3; ++i)
        BOOST_CHECK(acquire({}, CRYPT_VERIFYCONTEXT | CRYPT_NEWKEYSET)->ephemeral());
    acquire("", CRYPT_VERIFYCONTEXT | CRYPT_MACHINE_KEYSET);
    BOOST_CHECK(std::filesystem::is_empty(folder.path()));
}

// U-16
BOOST_AUTO_TEST_CASE(takes_no_name)
{
    CHECK_FAULT(acquire("a", CRYPT_VERIFYCONTEXT), Fault::bad_flags);
    CHECK_FAULT(acquire("a", CRYPT_VERIFYCONTEXT | CRYPT_NEWKEYSET), Fault::bad_flags);
}

BOOST_AUTO_TEST_CASE(keeps_each_contexts_pairs_to_itself)
{
    const auto one = acquire({}, CRYPT_VERIFYCONTEXT);
    const auto other = acquire({}, CRYPT_VERIFYCONTEXT);
    one->pairs().save(KeySpec::signature, StoredPair{});
    BOOST_CHECK(!other->pairs().load(KeySpec::signature));
}

// Old programs open one in a loop; the bound is generous, for builds with sanitizers.
BOOST_AUTO_TEST_CASE(is_cheap)
{
    constexpr int rounds = 20'000;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < rounds; ++i)
        acquire({}, CRYPT_VERIFYCONTEXT);
    const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
    BOOST_TEST_MESSAGE("acquire and release: " << time.count() / rounds << " us");
    BOOST_CHECK_LT(time.count() / rounds, 20.0);
}

BOOST_AUTO_TEST_SUITE_END()
