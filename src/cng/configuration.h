// SPDX-License-Identifier: BSD-2-Clause
// What the configuration functions tell (cng.md 1.39 to 1.42): a machine with Microsoft's primitive
// provider and nothing else.
#pragma once

#include "cng/algorithms.h"

#include <vector>

namespace capishim::cng {

using Names = std::vector<std::string_view>;

constexpr std::string_view primitive_provider = "Microsoft Primitive Provider";
constexpr std::string_view primitive_image = "bcryptprimitives.dll"; // N-78
constexpr std::string_view default_context = "Default";

/// The contexts of a configuration table.
/// @throws Fault::invalid_parameter   no table
/// @throws Fault::not_found           the domain's, which is empty
Names contexts(std::uint32_t table);

/// The functions of a context's interface, in order of priority.
/// @throws Fault::not_found   no such context, or nothing is configured there
Names functions_of(std::string_view context, std::uint32_t interface);
/// @throws as functions_of
void require_function(std::string_view context, std::uint32_t interface, std::string_view function);

/// Who serves a function; nobody serves Schannel's.
/// @throws as functions_of
Names providers_of(std::string_view context, std::uint32_t interface, std::string_view function);

/// The interfaces of the primitive provider, in the order of their numbers.
std::vector<std::uint32_t> provider_interfaces();
/// The interface of an algorithm, for callers who leave it to be inferred.
/// @throws Fault::not_found   no such algorithm
std::uint32_t interface_of(std::string_view function);

} // namespace capishim::cng
