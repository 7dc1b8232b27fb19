// SPDX-License-Identifier: BSD-2-Clause
// Which providers capishim.conf registers, what is loaded for them, and how they are named, listed
// and made defaults (cryptoapi.md 1.1, 1.6 to 1.9, 11.2 rules 6 and 7).
#include "sample_fixtures.h"
#include "support/process.h"
#include "support/temporary_folder.h"

#include <algorithm>

using namespace capishim_test;

namespace {

constexpr char user_conf[] = "# what a test team writes\n"
                             "[Sample Provider]\n"
                             "Type = 1\n"
                             "Image Path = " SAMPLE_FOLDER "/sample_csp.so\n"
                             "Signature = 00 11 22\n"
                             "\n"
                             "[Sample Provider by Another Name]\n"
                             "type=1\n"
                             "image=" SAMPLE_FOLDER "/sample_csp.so\n"
                             "[Sample Provider Without Duplicates]\n"
                             "Type = 1\n"
                             "Image Path = " SAMPLE_FOLDER "/sample_csp_without_duplicates.so\n"
                             "[Provider Without Random]\n"
                             "Type = 1\n"
                             "Image Path = " SAMPLE_FOLDER "/sample_csp_without_random.so\n"
                             "[Provider Without File]\n"
                             "Type = 1\n"
                             "Image Path = nowhere.so\n"
                             "[Provider of Text]\n"
                             "Type = 1\n"
                             "Image Path = capishim.conf\n"
                             "[Sample of Its Own Type]\n"
                             "Type = 900\n"
                             "Image Path = " SAMPLE_FOLDER "/sample_csp.so\n"
                             "[Another of Its Own Type]\n"
                             "Type = 900\n"
                             "Image Path = " SAMPLE_FOLDER "/sample_csp.so\n"
                             "[MICROSOFT BASE DSS CRYPTOGRAPHIC PROVIDER]\n"
                             "Type = 3\n"
                             "Image Path = " SAMPLE_FOLDER "/sample_csp.so\n"
                             "[" MS_DEF_DH_SCHANNEL_PROV_A "]\n"
                             "Type = 900\n"
                             "Image Path = " SAMPLE_FOLDER "/sample_csp.so\n"
                             "[Damaged Provider]\n"
                             "Type = many\n"
                             "Image Path = " SAMPLE_FOLDER "/sample_csp.so\n";

constexpr char machine_conf[] = "[sample provider]\n"
                                "Type = 900\n"
                                "Image Path = /nowhere.so\n"
                                "[Provider of the Machine]\n"
                                "Type = 24\n"
                                "Image Path = " SAMPLE_FOLDER "/sample_csp.so\n";

/// Written before the library is first asked: a process reads the files once.
struct Machine {
    Machine()
    {
        set_environment("CAPISHIM_HOME", user.path());
        set_environment("CAPISHIM_MACHINE_HOME", machine.path());
        write_whole(user / "capishim.conf", user_conf);
        write_whole(machine / "capishim.conf", machine_conf);
    }

    TemporaryFolder user, machine;
};
BOOST_TEST_GLOBAL_FIXTURE(Machine);

BOOL open(const char* name, DWORD type = sample_type)
{
    HCRYPTPROV provider = 1;
    const BOOL answer = CryptAcquireContextA(&provider, nullptr, name, type, CRYPT_VERIFYCONTEXT);
    BOOST_CHECK_EQUAL(answer == FALSE, provider == 0); // U-10
    if (answer)
        CryptReleaseContext(provider, 0);
    return answer;
}

std::vector<std::string> listed()
{
    std::vector<std::string> names;
    char name[200];
    DWORD type = 0, size = sizeof name;
    for (DWORD i = 0; CryptEnumProvidersA(i, nullptr, 0, &type, name, &size); size = sizeof name) {
        names.push_back(name);
        ++i;
    }
    return names;
}

bool lists(const char* name)
{
    const auto names = listed();
    return std::count(names.begin(), names.end(), name) == 1;
}

std::string default_of(DWORD type)
{
    char name[200] = {};
    DWORD size = sizeof name;
    return CryptGetDefaultProviderA(type, nullptr, CRYPT_USER_DEFAULT, name, &size) ? name : "";
}

} // namespace

BOOST_AUTO_TEST_SUITE(registered_providers)

BOOST_AUTO_TEST_CASE(are_opened_by_name_without_regard_to_case_and_with_their_type_alone)
{
    BOOST_CHECK(open(sample_name));
    BOOST_CHECK(open("SAMPLE provider"));
    CHECK_FAILS_WITH(open(sample_name, PROV_RSA_AES), NTE_PROV_TYPE_NO_MATCH);
    CHECK_FAILS_WITH(open("Samples Provider"), NTE_KEYSET_NOT_DEF);
    BOOST_CHECK(open("Provider of the Machine", PROV_RSA_AES));
}

BOOST_AUTO_TEST_CASE(that_do_not_load_answer_what_is_wrong_with_the_image)
{
    CHECK_FAILS_WITH(open("Provider Without File"), NTE_PROV_DLL_NOT_FOUND);
    CHECK_FAILS_WITH(open("Provider of Text"), NTE_PROVIDER_DLL_FAIL);
    // libcapishim, which the image is linked with, has a CPGenRandom; the image itself has none
    CHECK_FAILS_WITH(open("Provider Without Random"), NTE_PROVIDER_DLL_FAIL);
    CHECK_FAILS_WITH(open("Provider Without Random"), NTE_PROVIDER_DLL_FAIL);
}

BOOST_AUTO_TEST_CASE(of_a_damaged_section_are_not_there_and_the_others_do_not_suffer)
{
    CHECK_FAILS_WITH(open("Damaged Provider"), NTE_KEYSET_NOT_DEF);
    BOOST_CHECK(!lists("Damaged Provider"));
    BOOST_CHECK(open(MS_STRONG_PROV_A));
}

BOOST_AUTO_TEST_CASE(are_listed_once_among_the_others_by_name)
{
    const auto names = listed();
    BOOST_CHECK(std::is_sorted(names.begin(), names.end())); // U-23
    BOOST_CHECK(lists(sample_name));
    BOOST_CHECK(lists("Provider of the Machine"));
    BOOST_CHECK(lists("Provider Without File")); // it is registered, and that is all this says
    BOOST_CHECK(!lists("sample provider")); // the user's registration goes before the machine's
    BOOST_CHECK(lists("MICROSOFT BASE DSS CRYPTOGRAPHIC PROVIDER"));
    BOOST_CHECK(!lists(MS_DEF_DSS_PROV_A));
    BOOST_CHECK(lists(MS_STRONG_PROV_A));
}

BOOST_AUTO_TEST_CASE(take_the_place_of_a_built_in_provider_whose_name_they_have)
{
    BOOST_CHECK_EQUAL(default_of(PROV_DSS), "MICROSOFT BASE DSS CRYPTOGRAPHIC PROVIDER");
    for (const char* name : {static_cast<const char*>(nullptr), MS_DEF_DSS_PROV_A}) {
        const HCRYPTPROV provider = opened(name, PROV_DSS);
        BYTE answer[100] = {};
        DWORD size = sizeof answer;
        CHECK_SUCCEEDS(CryptGetProvParam(provider, PP_NAME, answer, &size, 0));
        BOOST_CHECK_EQUAL(reinterpret_cast<char*>(answer), "What the sample calls itself");
        CryptReleaseContext(provider, 0);
    }
}

BOOST_AUTO_TEST_CASE(that_take_a_default_with_them_into_another_type_leave_a_bad_entry)
{
    CHECK_FAILS_WITH(open(nullptr, PROV_DH_SCHANNEL), NTE_PROV_TYPE_ENTRY_BAD);
    CHECK_FAILS_WITH(open(MS_DEF_DH_SCHANNEL_PROV_A, PROV_DH_SCHANNEL), NTE_PROV_TYPE_NO_MATCH);
    BOOST_CHECK(open(MS_DEF_DH_SCHANNEL_PROV_A, own_type));
}

BOOST_AUTO_TEST_CASE(bring_types_of_their_own_without_a_display_name)
{
    char name[200] = "as it was";
    DWORD type = 0, last = 0, size = sizeof name;
    bool found = false;
    for (DWORD i = 0; CryptEnumProviderTypesA(i, nullptr, 0, &type, name, &size); ++i) {
        BOOST_CHECK_GT(type, last); // U-24
        last = type;
        found = found || (type == own_type && size == 0); // cryptoapi.md 1.7
        size = sizeof name;
    }
    BOOST_CHECK(found);
    // the first that is registered is the type's default
    BOOST_CHECK_EQUAL(default_of(own_type), "Sample of Its Own Type");
    BOOST_CHECK(open(nullptr, own_type));
    CHECK_FAILS_WITH(open(nullptr, 901), NTE_PROV_TYPE_NOT_DEF);
}

BOOST_AUTO_TEST_CASE(can_be_made_the_default_of_their_type)
{
    BOOST_CHECK_EQUAL(default_of(sample_type), MS_STRONG_PROV_A);
    CHECK_FAILS_WITH(CryptSetProviderA(sample_name, PROV_RSA_AES), NTE_PROV_TYPE_NO_MATCH);
    CHECK_FAILS_WITH(CryptSetProviderA("Damaged Provider", sample_type), NTE_BAD_PROVIDER);
    CHECK_SUCCEEDS(CryptSetProviderA("SAMPLE PROVIDER", sample_type));
    BOOST_CHECK_EQUAL(default_of(sample_type), sample_name);
    const auto opens_it = [](const std::string&) {
        HCRYPTPROV provider = 0;
        if (!CryptAcquireContextA(&provider, nullptr, nullptr, sample_type, CRYPT_VERIFYCONTEXT))
            return 1;
        return Control("sample_csp.so").table().name == std::string(sample_name) ? 0 : 2;
    };
    BOOST_CHECK_EQUAL(in_another_process(opens_it), 0);
    CHECK_SUCCEEDS(CryptSetProviderExA(nullptr, sample_type, nullptr,
                                       CRYPT_USER_DEFAULT | CRYPT_DELETE_DEFAULT));
    BOOST_CHECK_EQUAL(default_of(sample_type), MS_STRONG_PROV_A);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CPAcquireContext_arguments)

BOOST_AUTO_TEST_CASE(the_table_is_of_version_3_and_its_functions_answer)
{
    const Sample sample;
    const SampleTable table = sample.csp.table();
    BOOST_CHECK_EQUAL(table.version, 3u);
    BOOST_CHECK_EQUAL(table.type, sample_type);
    BOOST_CHECK_EQUAL(table.name, sample_name);
    BOOST_CHECK(table.image_verified);
    BOOST_CHECK(!table.has_container);
    BOOST_CHECK(table.window == nullptr);
}

BOOST_AUTO_TEST_CASE(the_container_is_8_bit_text_whichever_function_is_called)
{
    const Sample sample;
    CryptReleaseContext(opened(sample_name, sample_type, "a container", CRYPT_NEWKEYSET), 0);
    BOOST_CHECK_EQUAL(sample.csp.table().container, "a container");
    BOOST_CHECK_EQUAL(sample.csp.last("CPAcquireContext").flags, DWORD{CRYPT_NEWKEYSET});
    HCRYPTPROV provider = 0;
    REQUIRE_SUCCEEDS(CryptAcquireContextW(&provider, L"B\u00e4r", L"Sample Provider", sample_type,
                                          CRYPT_MACHINE_KEYSET | CRYPT_SILENT));
    CryptReleaseContext(provider, 0);
    BOOST_CHECK_EQUAL(sample.csp.table().container, "B\xc3\xa4r"); // U-02
    BOOST_CHECK_EQUAL(sample.csp.last("CPAcquireContext").flags,
                      DWORD{CRYPT_MACHINE_KEYSET | CRYPT_SILENT});
}

BOOST_AUTO_TEST_CASE(what_a_success_leaves_in_the_last_error_is_the_providers_too)
{
    const HCRYPTPROV provider = opened(sample_name);
    BOOST_CHECK_EQUAL(GetLastError(), DWORD{ERROR_INTERNAL_ERROR}); // the sample is untidy
    SetLastError(untouched);
    CryptReleaseContext(provider, 0);
    BOOST_CHECK_EQUAL(GetLastError(), untouched);
}

BOOST_AUTO_TEST_CASE(a_deletion_gives_no_handle_and_is_not_released)
{
    const Sample sample;
    HCRYPTPROV provider = 1;
    CHECK_SUCCEEDS(
        CryptAcquireContextA(&provider, "c", sample_name, sample_type, CRYPT_DELETEKEYSET));
    BOOST_CHECK_EQUAL(provider, 0u);
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 0u);
}

BOOST_AUTO_TEST_CASE(a_refusal_passes_through_and_is_not_released)
{
    const Sample sample;
    HCRYPTPROV provider = 1;
    sample.csp.fail("CPAcquireContext", 0x8009BEEF);
    CHECK_FAILS_WITH(CryptAcquireContextA(&provider, nullptr, sample_name, sample_type, 0),
                     0x8009BEEF);
    BOOST_CHECK_EQUAL(provider, 0u);
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 0u);
}

BOOST_AUTO_TEST_CASE(PP_CLIENT_HWND_reaches_the_table_and_never_CPSetProvParam)
{
    const Sample sample;
    int anything = 0;
    const auto window = reinterpret_cast<HWND>(&anything);
    const auto* const data = reinterpret_cast<const BYTE*>(&window);
    CHECK_SUCCEEDS(CryptSetProvParam(0, PP_CLIENT_HWND, data, 0));
    CryptReleaseContext(opened(sample_name), 0);
    BOOST_CHECK(sample.csp.table().window == window);
    BOOST_CHECK(sample.csp.window() == window); // the function lasts
    const HWND none = nullptr;
    CHECK_SUCCEEDS(CryptSetProvParam(sample.provider, PP_CLIENT_HWND,
                                     reinterpret_cast<const BYTE*>(&none), 0));
    BOOST_CHECK(sample.csp.window() == nullptr);
    BOOST_CHECK_EQUAL(sample.csp.count("CPSetProvParam"), 0u);
}

BOOST_AUTO_TEST_SUITE_END()
