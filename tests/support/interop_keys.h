// SPDX-License-Identifier: BSD-2-Clause
// Key blobs that Microsoft printed for those who make programs that work together:
// cryptoapi.md 12.1.
#pragma once

#include <string>

namespace capishim_test {

// 12.1 E: an exchange pair of 512 bits
inline const std::string interop_modulus =
    "6bdf51efdb6f105c32bf871cd14c247ee72a14106deb2cd58c0b957bc75dc687"
    "12eaa9cd577d3ecbe96a46d0e1ae2f86d950f99871dd39fc0e60a9d3f238bb8d";
inline const std::string interop_private_rest =
    "5d2cbc1ec338fe005ecacfcdb4138916d207bc9be120310b8128170cc77394ee"
    "67be7b784ec79173a8345a249d920de8916124dcb5ebdf7166dce177d4781498"
    "7944b019f6f07d63cf626778d07b10ae6bdb40b3b2eb2e9f31342dcbbfa26aa6"
    "1fe90342f2639bb733d0fe2083261f56a824f56d1951a59231e42bbc11c82675"
    "a051e983caee4bf059eba481d61f49422b7589a79f847f1fc38f70b67e065e8b"
    "c9536580b716f25e5ede0b57474386858afb37ac6634ba091ab1210baafa6cb7"
    "75a73e2318589590b529a41e15765256bb3d6b1d2ad19f5c8ac055eac329a21e";
inline const std::string interop_private_blob = "0702000000a40000"
                                                "52534132000200000100"
                                                "0100" +
                                                interop_modulus + interop_private_rest;
inline const std::string interop_public_blob = "0602000000a40000"
                                               "52534131000200000100"
                                               "0100" +
                                               interop_modulus;

// 12.1 B: somebody else's public key
inline const std::string other_public_blob =
    "0602000000a40000"
    "525341310002000001000100"
    "e194847a274c7bdadbc599dded201ab8664421dc10e5ee486239ae8fcf1781f0"
    "378bb546a965b74e7583844e4fcef1f2ada0b12209ecc23096f8272b33cfa4be";

} // namespace capishim_test
