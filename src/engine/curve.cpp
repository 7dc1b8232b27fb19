// SPDX-License-Identifier: BSD-2-Clause
// The table of named curves.
#include "engine/curve.h"

#include "engine/curve_registry.h"

#include <array>
#include <atomic>

namespace capishim::engine {
namespace {

/// Botan's name of a curve, or the parameters of one that it does not know.
struct CurveRow {
    CurveId id;
    std::size_t bits;
    const char* botan_name;
    std::array<const char*, 6> parameters = {}; // prime, a, b, x, y, order
};

constexpr std::array rows = {
    CurveRow{CurveId::p192, 192, "secp192r1"},
    CurveRow{CurveId::p224, 224, "secp224r1"},
    CurveRow{CurveId::p256, 256, "secp256r1"},
    CurveRow{CurveId::p384, 384, "secp384r1"},
    CurveRow{CurveId::p521, 521, "secp521r1"},
    CurveRow{CurveId::secp160k1, 160, "secp160k1"},
    CurveRow{CurveId::secp160r1, 160, "secp160r1"},
    CurveRow{CurveId::secp160r2, 160, "secp160r2"},
    CurveRow{CurveId::secp192k1, 192, "secp192k1"},
    CurveRow{CurveId::secp224k1, 224, "secp224k1"},
    CurveRow{CurveId::secp256k1, 256, "secp256k1"},
    CurveRow{CurveId::x962_p192v2, 192, "x962_p192v2"},
    CurveRow{CurveId::x962_p192v3, 192, "x962_p192v3"},
    CurveRow{CurveId::x962_p239v1, 239, "x962_p239v1"},
    CurveRow{CurveId::x962_p239v2, 239, "x962_p239v2"},
    CurveRow{CurveId::x962_p239v3, 239, "x962_p239v3"},
    CurveRow{CurveId::brainpool160r1, 160, "brainpool160r1"},
    CurveRow{CurveId::brainpool192r1, 192, "brainpool192r1"},
    CurveRow{CurveId::brainpool224r1, 224, "brainpool224r1"},
    CurveRow{CurveId::brainpool256r1, 256, "brainpool256r1"},
    CurveRow{CurveId::brainpool320r1, 320, "brainpool320r1"},
    CurveRow{CurveId::brainpool384r1, 384, "brainpool384r1"},
    CurveRow{CurveId::brainpool512r1, 512, "brainpool512r1"},
    // RFC 5639; WAP-261-WTLS
    CurveRow{
        CurveId::brainpool160t1,
        160,
        nullptr,
        {"e95e4a5f737059dc60dfc7ad95b3d8139515620f", "e95e4a5f737059dc60dfc7ad95b3d8139515620c",
         "7a556b6dae535b7b51ed2c4d7daa7a0b5c55f380", "b199b13b9b34efc1397e64baeb05acc265ff2378",
         "add6718b7c7c1961f0991b842443772152c9e0ad", "e95e4a5f737059dc60df5991d45029409e60fc09"}},
    CurveRow{CurveId::brainpool192t1,
             192,
             nullptr,
             {"c302f41d932a36cda7a3463093d18db78fce476de1a86297",
              "c302f41d932a36cda7a3463093d18db78fce476de1a86294",
              "13d56ffaec78681e68f9deb43b35bec2fb68542e27897b79",
              "3ae9e58c82f63c30282e1fe7bbf43fa72c446af6f4618129",
              "097e2c5667c2223a902ab5ca449d0084b7e5b3de7ccc01c9",
              "c302f41d932a36cda7a3462f9e9e916b5be8f1029ac4acc1"}},
    CurveRow{CurveId::brainpool224t1,
             224,
             nullptr,
             {"d7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff",
              "d7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0fc",
              "4b337d934104cd7bef271bf60ced1ed20da14c08b3bb64f18a60888d",
              "6ab1e344ce25ff3896424e7ffe14762ecb49f8928ac0c76029b4d580",
              "0374e9f5143e568cd23f3f4d7c0d4b1e41c8cc0d1c6abd5f1a46db4c",
              "d7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f"}},
    CurveRow{CurveId::brainpool256t1,
             256,
             nullptr,
             {"a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377",
              "a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5374",
              "662c61c430d84ea4fe66a7733d0b76b7bf93ebc4af2f49256ae58101fee92b04",
              "a3e8eb3cc1cfe7b7732213b23a656149afa142c47aafbc2b79a191562e1305f4",
              "2d996c823439c56d7f7b22e14644417e69bcb6de39d027001dabe8f35b25c9be",
              "a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7"}},
    CurveRow{CurveId::brainpool320t1,
             320,
             nullptr,
             {"d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28"
              "fcd412b1f1b32e27",
              "d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28"
              "fcd412b1f1b32e24",
              "a7f561e038eb1ed560b3d147db782013064c19f27ed27c6780aaf77fb8a547ce"
              "b5b4fef422340353",
              "925be9fb01afc6fb4d3e7d4990010f813408ab106c4f09cb7ee07868cc136fff"
              "3357f624a21bed52",
              "63ba3a7a27483ebf6671dbef7abb30ebee084e58a0b077ad42a5a0989d1ee71b"
              "1b9bc0455fb0d2c3",
              "d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e9"
              "8691555b44c59311"}},
    CurveRow{CurveId::brainpool384t1,
             384,
             nullptr,
             {"8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123"
              "acd3a729901d1a71874700133107ec53",
              "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123"
              "acd3a729901d1a71874700133107ec50",
              "7f519eada7bda81bd826dba647910f8c4b9346ed8ccdc64e4b1abd11756dce1d"
              "2074aa263b88805ced70355a33b471ee",
              "18de98b02db9a306f2afcd7235f72a819b80ab12ebd653172476fecd462aabff"
              "c4ff191b946a5f54d8d0aa2f418808cc",
              "25ab056962d30651a114afd2755ad336747f93475b7a1fca3b88f2b6a208ccfe"
              "469408584dc2b2912675bf5b9e582928",
              "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7"
              "cf3ab6af6b7fc3103b883202e9046565"}},
    CurveRow{CurveId::brainpool512t1,
             512,
             nullptr,
             {"aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330871"
              "7d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f3",
              "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330871"
              "7d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f0",
              "7cbbbcf9441cfab76e1890e46884eae321f70c0bcb4981527897504bec3e36a6"
              "2bcdfa2304976540f6450085f2dae145c22553b465763689180ea2571867423e",
              "640ece5c12788717b9c1ba06cbc2a6feba85842458c56dde9db1758d39c0313d"
              "82ba51735cdb3ea499aa77a7d6943a64f7a3f25fe26f06b51baa2696fa9035da",
              "5b534bd595f5af0fa2c892376c84ace1bb4e3019b71634c01131159cae03cee9"
              "d9932184beef216bd71df2dadf86a627306ecff96dbb8bace198b61e00f8b332",
              "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870"
              "553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069"}},
    CurveRow{
        CurveId::wtls9,
        160,
        nullptr,
        {"fffffffffffffffffffffffffffffffffffc808f", "0000000000000000000000000000000000000000",
         "0000000000000000000000000000000000000003", "0000000000000000000000000000000000000001",
         "0000000000000000000000000000000000000002", "0100000000000000000001cdc98ae0e2de574abf33"}},
    CurveRow{CurveId::curve25519, 255, nullptr},
};

constexpr bool rows_follow_the_enumeration()
{
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].id != static_cast<CurveId>(i))
            return false;
    return rows.size() == static_cast<std::size_t>(CurveId::count);
}
static_assert(rows_follow_the_enumeration());

Bytes from_hex(std::string_view hex)
{
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    Bytes bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(digit(hex[i]) << 4 | digit(hex[i + 1])));
    return bytes;
}

CurveParameters parameters_of(const CurveRow& row)
{
    const auto& hex = row.parameters;
    return {from_hex(hex[0]), from_hex(hex[1]), from_hex(hex[2]),
            from_hex(hex[3]), from_hex(hex[4]), from_hex(hex[5])};
}

CurvePointer make(const CurveRow& row)
{
    if (row.id == CurveId::curve25519)
        return make_curve25519();
    return row.botan_name ? make_weierstrass(row.id, row.botan_name)
                          : make_weierstrass(row.id, parameters_of(row));
}

/// Curves of another length are not made for the comparison.
const CurvePointer* find_named(const CurveParameters& parameters)
{
    for (const CurveRow& row : rows) {
        if ((row.bits + 7) / 8 != parameters.prime.size())
            continue;
        const CurvePointer& named = curve(row.id);
        if (named->parameters() && *named->parameters() == parameters)
            return &named;
    }
    return nullptr;
}

} // namespace

bool Curve::is_same_as(const Curve& other) const noexcept
{
    if (this == &other)
        return true;
    const CurveParameters* const ours = parameters();
    const CurveParameters* const theirs = other.parameters();
    return ours && theirs && *ours == *theirs;
}

/// Each curve is made at its first use, and kept: programs work in exit handlers. No lock, since a
/// fork can happen at any time.
const CurvePointer& curve(CurveId id)
{
    static std::array<std::atomic<const CurvePointer*>, rows.size()> made = {};
    const auto index = static_cast<std::size_t>(id);
    if (const CurvePointer* const present = made[index].load())
        return *present;
    auto ours = std::make_unique<const CurvePointer>(make(rows[index]));
    const CurvePointer* first = nullptr;
    if (made[index].compare_exchange_strong(first, ours.get()))
        first = ours.release();
    return *first;
}

CurvePointer make_curve(const CurveParameters& parameters)
{
    if (const CurvePointer* const named = find_named(parameters))
        return *named;
    verify_parameters(parameters);
    return make_weierstrass(std::nullopt, parameters);
}

} // namespace capishim::engine
