// SPDX-License-Identifier: BSD-2-Clause
// Memory runs out between a program and a registered provider: what the provider has made by then
// is given back to it.
#include "sample_fixtures.h"
#include "support/failing_memory.h"
#include "support/temporary_folder.h"

using namespace capishim_test;

namespace {

struct Machine {
    Machine()
    {
        set_environment("CAPISHIM_HOME", user.path());
        write_whole(user / "capishim.conf", "[Sample Provider]\nType = 1\n"
                                            "Image Path = " SAMPLE_FOLDER "/sample_csp.so\n");
    }

    TemporaryFolder user;
};
BOOST_TEST_GLOBAL_FIXTURE(Machine);

BOOL open_sample(HCRYPTPROV* provider)
{
    return CryptAcquireContextA(provider, "a container", sample_name, sample_type, 0);
}

BOOL close_sample(HCRYPTPROV provider)
{
    return CryptReleaseContext(provider, 0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(out_of_memory_with_a_registered_provider)

BOOST_AUTO_TEST_CASE(reading_the_file_loading_the_image_and_opening_a_context)
{
    walk_making(open_sample, close_sample);
    const Control csp("sample_csp.so");
    BOOST_CHECK_EQUAL(csp.alive().contexts, 0);
    BOOST_CHECK_EQUAL(csp.count("CPAcquireContext"), csp.count("CPReleaseContext"));
}

BOOST_AUTO_TEST_CASE(opening_a_context_of_an_image_that_is_loaded)
{
    const Sample sample;
    walk_making(open_sample, close_sample);
    BOOST_CHECK_EQUAL(sample.csp.alive().contexts, 1);
    BOOST_CHECK_EQUAL(sample.csp.count("CPAcquireContext"), sample.csp.count("CPReleaseContext"));
}

BOOST_AUTO_TEST_CASE(making_keys_and_hashes)
{
    const Sample sample;
    const HCRYPTKEY key = sample.make_key();
    const HCRYPTHASH hash = sample.make_hash();
    walk_making([&](HCRYPTKEY* made) { return CryptGenKey(sample.provider, CALG_RC4, 0, made); },
                CryptDestroyKey);
    walk_making([&](HCRYPTKEY* made) { return CryptDuplicateKey(key, nullptr, 0, made); },
                CryptDestroyKey);
    walk_making(
        [&](HCRYPTHASH* made) { return CryptCreateHash(sample.provider, CALG_SHA1, 0, 0, made); },
        CryptDestroyHash);
    walk_making([&](HCRYPTHASH* made) { return CryptDuplicateHash(hash, nullptr, 0, made); },
                CryptDestroyHash);
    BOOST_CHECK_EQUAL(sample.csp.alive().keys, 1);
    BOOST_CHECK_EQUAL(sample.csp.alive().hashes, 1);
}

BOOST_AUTO_TEST_CASE(signing_with_a_description)
{
    const Sample sample;
    const HCRYPTHASH hash = sample.make_hash();
    BYTE signature[4];
    DWORD size = sizeof signature;
    BOOST_CHECK_GT(walk([&] {
                       return CryptSignHashA(hash, AT_SIGNATURE, "a description of some length", 0,
                                             signature, &size);
                   }),
                   0);
}

BOOST_AUTO_TEST_SUITE_END()
