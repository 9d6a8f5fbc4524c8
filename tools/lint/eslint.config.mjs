import js from "@eslint/js";
import globals from "globals";

export default [
    js.configs.recommended,
    {
        files: ["**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, luxon: "readonly", odoo: "readonly"},
        },
        rules: {
            "array-callback-return": "error",
            "consistent-return": "error",
            curly: "error",
            eqeqeq: ["error", "always", {null: "ignore"}],
            "max-lines": ["error", 300],
            "max-lines-per-function": ["error", {max: 40, skipComments: true}],
            "no-alert": "error",
            "no-console": "error",
            "no-eval": "error",
            "no-implied-eval": "error",
            "no-shadow": "error",
            "no-unused-vars": ["error", {args: "after-used"}],
            "no-var": "error",
            "prefer-const": "error",
        },
    },
    {
        // A test suite is one long callback.
        files: ["**/static/tests/**/*.js"],
        rules: {"max-lines-per-function": "off", "no-console": "off"},
    },
];
