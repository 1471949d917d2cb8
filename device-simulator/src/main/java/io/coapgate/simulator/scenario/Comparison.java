package io.coapgate.simulator.scenario;

import java.util.Arrays;

/** How a measured value is compared with a demanded one. */
enum Comparison {
    LESS("<") {
        @Override
        boolean holds(double measured, double demanded) {
            return measured < demanded;
        }
    },
    AT_MOST("<=") {
        @Override
        boolean holds(double measured, double demanded) {
            return measured <= demanded;
        }
    },
    EQUAL("==") {
        @Override
        boolean holds(double measured, double demanded) {
            return measured == demanded;
        }
    },
    AT_LEAST(">=") {
        @Override
        boolean holds(double measured, double demanded) {
            return measured >= demanded;
        }
    },
    MORE(">") {
        @Override
        boolean holds(double measured, double demanded) {
            return measured > demanded;
        }
    };

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    static Comparison of(String sign) {
        return Arrays.stream(values())
                .filter(comparison -> comparison.sign.equals(sign))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(sign));
    }

    abstract boolean holds(double measured, double demanded);
}
