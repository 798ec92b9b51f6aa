{# The SHA-256 of a text in UTF-8, as lower-case hexadecimal digits. #}
{% macro hash_text(text) -%}
    {{ adapter.dispatch('hash_text', 'kaeru')(text) }}
{%- endmacro %}

{% macro duckdb__hash_text(text) -%}
    sha256({{ text }})
{%- endmacro %}
