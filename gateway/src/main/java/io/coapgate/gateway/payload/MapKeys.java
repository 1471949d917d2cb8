package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.ConversionException.inexpressible;
import static io.coapgate.gateway.payload.ConversionException.malformed;

import java.math.BigInteger;
import java.util.Optional;

/** How the keys of CBOR maps and the names of JSON's members stand for one another. */
enum MapKeys {
    /** Text is text; an integer becomes its decimal digits on the way to JSON, and stays text on the way back. */
    PLAIN {
        @Override
        String name(BigInteger key) {
            return key.toString();
        }

        @Override
        String name(String key) {
            return key;
        }

        @Override
        void write(String name, CborWriter cbor) throws ConversionException {
            cbor.text(name);
        }
    },
    /** The integers of RFC 8428 §6, to which no more will be added, stand for their labels; other labels are text. */
    SENML {
        @Override
        String name(BigInteger key) throws ConversionException {
            return SenmlLabel.of(key)
                    .map(SenmlLabel::label)
                    .orElseThrow(() -> inexpressible("an integer that is no SenML label"));
        }

        @Override
        String name(String key) throws ConversionException {
            if (SenmlLabel.of(key).flatMap(SenmlLabel::integer).isPresent()) {
                throw malformed("a SenML label as text that CBOR has an integer for");
            }
            return key;
        }

        @Override
        void write(String name, CborWriter cbor) throws ConversionException {
            Optional<BigInteger> integer = SenmlLabel.of(name).flatMap(SenmlLabel::integer);
            if (integer.isPresent()) {
                cbor.integer(integer.get());
            } else {
                cbor.text(name);
            }
        }
    };

    abstract String name(BigInteger key) throws ConversionException;

    abstract String name(String key) throws ConversionException;

    abstract void write(String name, CborWriter cbor) throws ConversionException;
}
