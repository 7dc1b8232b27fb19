// SPDX-License-Identifier: BSD-2-Clause
#include "cng/configuration.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

#include <array>

namespace capishim::cng {
namespace {

constexpr std::string_view schannel_context = "SSL";

/// Schannel's cipher suites in their default order; a program must be able to list them, though
/// there is no Schannel (observed.md part 2 A).
/// @see https://learn.microsoft.com/windows/win32/secauthn/tls-cipher-suites-in-windows-11
constexpr std::array<std::string_view, 22> cipher_suites = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
    "TLS_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_RSA_WITH_AES_256_CBC_SHA256",
    "TLS_RSA_WITH_AES_128_CBC_SHA256",
    "TLS_RSA_WITH_AES_256_CBC_SHA",
    "TLS_RSA_WITH_AES_128_CBC_SHA",
};

Names algorithms_of(std::uint32_t interface)
{
    Names names;
    for (const Algorithm& algorithm : algorithms())
        if (algorithm.is_available() &&
            (static_cast<std::uint32_t>(algorithm.interface) == interface ||
             static_cast<std::uint32_t>(algorithm.second_interface) == interface))
            names.push_back(algorithm.id);
    return names;
}

Names configured(std::string_view context, std::uint32_t interface)
{
    if (context == default_context)
        return algorithms_of(interface);
    if (context == schannel_context && interface == NCRYPT_SCHANNEL_INTERFACE)
        return {cipher_suites.begin(), cipher_suites.end()};
    return {};
}

} // namespace

Names contexts(std::uint32_t table)
{
    require(table == CRYPT_LOCAL || table == CRYPT_DOMAIN, Fault::invalid_parameter);
    require(table == CRYPT_LOCAL, Fault::not_found);
    return {default_context, schannel_context};
}

Names functions_of(std::string_view context, std::uint32_t interface)
{
    Names names = configured(context, interface);
    require(!names.empty(), Fault::not_found);
    return names;
}

void require_function(std::string_view context, std::uint32_t interface, std::string_view function)
{
    const Names names = functions_of(context, interface);
    require(std::ranges::find(names, function) != names.end(), Fault::not_found);
}

Names providers_of(std::string_view context, std::uint32_t interface, std::string_view function)
{
    require_function(context, interface, function);
    require(context == default_context, Fault::not_found);
    return {primitive_provider};
}

std::vector<std::uint32_t> provider_interfaces()
{
    std::vector<std::uint32_t> interfaces;
    for (std::uint32_t number = BCRYPT_CIPHER_INTERFACE; number <= BCRYPT_KEY_DERIVATION_INTERFACE;
         ++number)
        if (!algorithms_of(number).empty())
            interfaces.push_back(number);
    return interfaces;
}

std::uint32_t interface_of(std::string_view function)
{
    const Algorithm* const algorithm = find_algorithm(function);
    require(algorithm != nullptr, Fault::not_found);
    return static_cast<std::uint32_t>(algorithm->interface);
}

} // namespace capishim::cng
