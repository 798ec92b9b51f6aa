{# A timestamp some hours later. #}
{% macro add_hours(from_timestamp, hours) -%}
    {{ adapter.dispatch('add_hours', 'kaeru')(from_timestamp, hours) }}
{%- endmacro %}

{% macro duckdb__add_hours(from_timestamp, hours) -%}
    ({{ from_timestamp }} + to_hours({{ hours }}))
{%- endmacro %}
