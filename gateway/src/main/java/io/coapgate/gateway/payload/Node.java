package io.coapgate.gateway.payload;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** A value that CBOR and JSON both can say, and how each says it. */
sealed interface Node {

    void write(JsonWriter json) throws ConversionException;

    void write(CborWriter cbor) throws ConversionException;

    /** @param value without unpaired surrogates */
    record Text(String value) implements Node {
        @Override
        public void write(JsonWriter json) throws ConversionException {
            json.text(value);
        }

        @Override
        public void write(CborWriter cbor) throws ConversionException {
            cbor.text(value);
        }
    }

    /** @param value not copied: nobody changes it */
    record Bytes(byte[] value, Base base) implements Node {
        @Override
        public void write(JsonWriter json) throws ConversionException {
            json.text(base.encode(value));
        }

        @Override
        public void write(CborWriter cbor) throws ConversionException {
            cbor.bytes(value);
        }
    }

    /** An integer of at most {@link Numbers#MAX_DIGITS} digits. */
    record Whole(BigInteger value) implements Node {
        @Override
        public void write(JsonWriter json) throws ConversionException {
            json.number(value.toString());
        }

        @Override
        public void write(CborWriter cbor) throws ConversionException {
            cbor.integer(value);
        }
    }

    /** @param value finite */
    record Real(double value) implements Node {
        @Override
        public void write(JsonWriter json) throws ConversionException {
            json.number(Numbers.shortest(value));
        }

        @Override
        public void write(CborWriter cbor) throws ConversionException {
            cbor.real(value);
        }
    }

    /** A number that no double is; within the bounds of {@link Numbers}. */
    record Decimal(BigDecimal value) implements Node {
        @Override
        public void write(JsonWriter json) throws ConversionException {
            json.number(Numbers.lowerCase(value.toString()));
        }

        @Override
        public void write(CborWriter cbor) throws ConversionException {
            cbor.decimal(value);
        }
    }

    /** What JSON has as words. */
    enum Literal implements Node {
        FALSE("false", 20),
        TRUE("true", 21),
        NULL("null", 22);

        private final String word;
        private final int simpleValue;

        Literal(String word, int simpleValue) {
            this.word = word;
            this.simpleValue = simpleValue;
        }

        @Override
        public void write(JsonWriter json) throws ConversionException {
            json.number(word);
        }

        @Override
        public void write(CborWriter cbor) throws ConversionException {
            cbor.simple(simpleValue);
        }
    }

    /** @param items not copied: nobody changes them */
    record Items(List<Node> items) implements Node {
        @Override
        public void write(JsonWriter json) throws ConversionException {
            json.items(items);
        }

        @Override
        public void write(CborWriter cbor) throws ConversionException {
            cbor.items(items);
        }
    }

    /** @param members in their order, by JSON name; not copied: nobody changes them */
    record Members(Map<String, Node> members) implements Node {
        @Override
        public void write(JsonWriter json) throws ConversionException {
            json.members(members);
        }

        @Override
        public void write(CborWriter cbor) throws ConversionException {
            cbor.members(members);
        }
    }
}
