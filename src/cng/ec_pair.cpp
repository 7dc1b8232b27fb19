// SPDX-License-Identifier: BSD-2-Clause
#include "cng/ec_pair.h"

namespace capishim::cng {
namespace {

CurveChoice curve_of(const AlgorithmObject& object)
{
    const Algorithm& algorithm = object.algorithm();
    return algorithm.curve ? choice_of(*algorithm.curve) : object.settings().curve;
}

bool is_length_of(const CurveChoice& choice, std::uint32_t bits)
{
    return choice.curve->bits() == bits;
}

void require_signing(const Algorithm& algorithm)
{
    require(algorithm.interface == Interface::signature, Fault::not_supported);
}

} // namespace

std::shared_ptr<EcPair> EcPair::begin(const AlgorithmObject& algorithm, std::uint32_t bits,
                                      Origin origin)
{
    CurveChoice choice = curve_of(algorithm);
    const bool any_length = bits == 0 && algorithm.algorithm().takes_any_curve();
    require(any_length || !choice.curve || is_length_of(choice, bits), Fault::bad_key_length);
    return std::make_shared<EcPair>(algorithm.algorithm(), std::move(choice), bits, origin);
}

std::shared_ptr<EcPair> EcPair::import(const AlgorithmObject& algorithm, const PairBlob& blob,
                                       Origin origin)
{
    return std::make_shared<EcPair>(algorithm.algorithm(),
                                    read_ec_blob(algorithm.algorithm(), curve_of(algorithm), blob),
                                    origin);
}

EcPair::EcPair(const Algorithm& algorithm, CurveChoice curve, std::uint32_t wanted_bits,
               Origin origin)
    : KeyPair(algorithm, origin), curve_(std::move(curve)), wanted_bits_(wanted_bits)
{
}

EcPair::EcPair(const Algorithm& algorithm, EcImport imported, Origin origin)
    : KeyPair(algorithm, origin, std::move(imported.key)), curve_(std::move(imported.curve)),
      wanted_bits_(0)
{
}

/// Nothing changes the curve while a pair is generated.
EcPair::Numbers EcPair::generate() const
{
    require(curve_.curve != nullptr, Fault::invalid_parameter); // N-57
    return curve_.curve->generate();
}

/// N-98: no curve yet is a fault.
CurveChoice EcPair::curve() const
{
    CurveChoice choice = locked([&] { return curve_; });
    require(choice.curve != nullptr, Fault::not_supported);
    return choice;
}

SecureBytes EcPair::export_blob(std::string_view type) const
{
    return write_ec_blob(algorithm(), *ready(), type);
}

SecureBytes EcPair::agree(const KeyObject& peer) const
{
    require(algorithm().interface == Interface::secret_agreement, Fault::not_supported);
    const Numbers own = ready();
    require(own->has_private(), Fault::not_supported); // N-51
    const auto* const other = dynamic_cast<const EcPair*>(&peer);
    require(other != nullptr && &other->algorithm() == &algorithm(),
            Fault::invalid_parameter); // N-62
    return own->agree(*other->ready());
}

void EcPair::sign(ByteView hash, const Padding& padding, std::uint32_t flags, OutBuffer& out) const
{
    require_signing(algorithm());
    const Numbers key = ready();
    require_no_padding(padding, flags);
    // as RSA's (observed.md part 2 D): a size query looks neither at the hash nor for the private
    // part
    if (!out.offer(2 * key->curve().order_size()))
        return;
    require(key->has_private(), Fault::no_private_key);
    require(!hash.empty(), Fault::invalid_parameter);
    out.write(key->sign(hash));
}

void EcPair::verify(ByteView hash, ByteView signature, const Padding& padding,
                    std::uint32_t flags) const
{
    require_signing(algorithm());
    const Numbers key = ready();
    require_no_padding(padding, flags);
    require(!hash.empty(), Fault::invalid_parameter);
    require(key->verify(hash, signature), Fault::bad_signature); // N-61: of a wrong length too
}

std::uint32_t EcPair::key_bits() const
{
    return static_cast<std::uint32_t>(curve().curve->bits());
}

std::uint32_t EcPair::signature_length() const
{
    require_signing(algorithm());
    return static_cast<std::uint32_t>(2 * curve().curve->order_size());
}

std::string_view EcPair::curve_name() const
{
    const std::string_view name = curve().name;
    require(!name.empty(), Fault::not_supported); // parameters of no named curve
    return name;
}

SecureBytes EcPair::domain_parameters() const
{
    return write_curve_parameters(*curve().curve);
}

void EcPair::set_curve(CurveChoice choice)
{
    require_curve_allowed(algorithm(), choice);
    require(wanted_bits_ == 0 || is_length_of(choice, wanted_bits_), Fault::invalid_parameter);
    const bool set = while_open([&] { curve_ = std::move(choice); });
    require(set, Fault::not_supported); // N-35
}

} // namespace capishim::cng
