// SPDX-License-Identifier: BSD-2-Clause
// Trace, leak report and strict mode, seen from a process of their own: each case runs this
// executable again with an environment and reads what it wrote.
#include "support/environment.h"
#include "support/fixtures.h"
#include "support/process.h"

#include <capishim_diagnostics.h>
#include <string>

using namespace capishim_test;

namespace {

// What a process with this setting writes to standard error while it runs `scenario`.
std::string output_of(const std::string& variable, const std::string& value,
                      const std::string& scenario)
{
    const ScopedEnvironment setting(variable, value);
    Process process({"--run_test=scenarios/" + scenario}, Process::Stream::errors);
    std::string text;
    for (char letter; process.read(&letter, 1);)
        if (letter != '\r')
            text += letter;
    process.wait();
    return text;
}

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

const BYTE secret[] = "a very secret password";

} // namespace

// Run by the children; harmless by themselves.
BOOST_AUTO_TEST_SUITE(scenarios)

BOOST_AUTO_TEST_CASE(session)
{
    VerifyContext context;
    HCRYPTKEY key = 0;
    CryptGenKey(context.provider, CALG_RC4, 0, &key);
    const HCRYPTHASH hash = context.make_hash();
    CryptHashData(hash, secret, sizeof secret, 0);
    CryptDestroyHash(hash);
    CryptDestroyKey(key);
    SetLastError(untouched);
    CryptDestroyKey(key);
    BOOST_CHECK_EQUAL(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
}

BOOST_AUTO_TEST_CASE(leaky)
{
    VerifyContext context;
    context.make_key();
    context.make_hash();
    context.provider = 0; // forgotten
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CAPISHIM_TRACE)

BOOST_AUTO_TEST_CASE(writes_one_line_a_call_with_names_results_and_what_was_made)
{
    const std::string text = output_of("CAPISHIM_TRACE", "calls", "session");
    BOOST_CHECK_MESSAGE(has(text, "CryptAcquireContextA(phProv=0x"), text);
    BOOST_CHECK(has(text, "dwProvType=24, dwFlags=0xf0000000) = TRUE -> context "));
    BOOST_CHECK(has(text, "Algid=0x6801, dwFlags=0"));
    BOOST_CHECK(has(text, "= TRUE -> key "));
    BOOST_CHECK(has(text, "CryptDestroyKey(hKey=key "));
    BOOST_CHECK(has(text, "= FALSE, ERROR_INVALID_PARAMETER"));
}

BOOST_AUTO_TEST_CASE(shows_secrets_as_lengths_only)
{
    const std::string text = output_of("CAPISHIM_TRACE", "calls,handles", "session");
    BOOST_CHECK(has(text, "dwDataLen=23"));
    BOOST_CHECK(!has(text, "secret password"));
}

BOOST_AUTO_TEST_CASE(follows_handles_when_asked)
{
    const std::string text = output_of("CAPISHIM_TRACE", "handles", "session");
    BOOST_CHECK_MESSAGE(has(text, " made\n") && has(text, " ended\n"), text);
    BOOST_CHECK(!has(text, "CryptGenKey"));
}

BOOST_AUTO_TEST_CASE(is_silent_when_not_asked)
{
    BOOST_CHECK(!has(output_of("CAPISHIM_TRACE", "", "session"), "Crypt"));
}

BOOST_AUTO_TEST_CASE(tells_when_its_file_cannot_be_opened)
{
    BOOST_CHECK(has(output_of("CAPISHIM_TRACE", "calls:/nonexistent/file", "session"),
                    "cannot open the trace file /nonexistent/file"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CAPISHIM_LEAKS)

BOOST_AUTO_TEST_CASE(names_each_live_handle_and_the_call_that_made_it)
{
    const std::string text = output_of("CAPISHIM_LEAKS", "1", "leaky");
    BOOST_CHECK_MESSAGE(has(text, "capishim: 3 handles are alive:"), text);
    BOOST_CHECK(has(text, "made by CryptAcquireContextA, call 1"));
    BOOST_CHECK(has(text, "made by CryptGenKey, call 2"));
    BOOST_CHECK(has(text, "made by CryptCreateHash, call 3"));
}

BOOST_AUTO_TEST_CASE(says_so_when_nothing_leaked)
{
    BOOST_CHECK(has(output_of("CAPISHIM_LEAKS", "1", "session"), "capishim: no handle is alive"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CAPISHIM_STRICT)

BOOST_AUTO_TEST_CASE(names_the_handles_that_forbid_a_release)
{
    const std::string text = output_of("CAPISHIM_STRICT", "1", "leaky_release");
    BOOST_CHECK_MESSAGE(has(text, "CryptReleaseContext refused, still alive:"), text);
    BOOST_CHECK(has(text, "made by CryptGenKey"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(scenarios)

BOOST_AUTO_TEST_CASE(leaky_release)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key();
    CryptReleaseContext(context.provider, 0);
    CryptDestroyKey(key);
    context.provider = 0;
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(capishim_diagnostics)

BOOST_AUTO_TEST_CASE(counts_live_handles)
{
    const ULONG before = CapishimLiveHandles();
    VerifyContext context;
    const HCRYPTKEY key = context.make_key();
    BOOST_CHECK_EQUAL(CapishimLiveHandles(), before + 2);
    CryptDestroyKey(key);
    BOOST_CHECK_EQUAL(CapishimLiveHandles(), before + 1);
}

BOOST_AUTO_TEST_CASE(turns_strict_mode_on_and_off)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key();
    BOOST_CHECK(!CapishimSetStrict(TRUE));
    CHECK_FAILS_WITH(CryptReleaseContext(context.provider, 0), ERROR_BUSY);
    BOOST_CHECK(CapishimSetStrict(FALSE));
    CHECK_SUCCEEDS(CryptReleaseContext(context.provider, 0));
    context.provider = 0;
    CHECK_FAILS_WITH(CryptDestroyKey(key), NTE_BAD_UID);
}

BOOST_AUTO_TEST_CASE(keeps_the_interrupt_level_per_thread)
{
    CapishimSetIrql(2);
    BOOST_CHECK_EQUAL(CapishimGetIrql(), 2u);
    CapishimSetIrql(0);
    BOOST_CHECK_EQUAL(CapishimGetIrql(), 0u);
}

BOOST_AUTO_TEST_SUITE_END()
