{# A table of one column, number: every whole number between two literals, both included. #}
{% macro each_number(first_number, last_number) -%}
    {{ adapter.dispatch('each_number', 'kaeru')(first_number, last_number) }}
{%- endmacro %}

{% macro duckdb__each_number(first_number, last_number) -%}
    select cast(unnest(generate_series({{ first_number }}, {{ last_number }})) as bigint) as number
{%- endmacro %}

{# A share in whole millionths: sums of them are exact, whatever their order. #}
{% macro to_millionths(share) -%}
    cast(round({{ share }} * 1000000) as bigint)
{%- endmacro %}
